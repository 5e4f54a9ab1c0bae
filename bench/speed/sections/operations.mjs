import { getIronSession, unsealData } from "iron-session"
import { dataOfKeys, personData } from "../data.mjs"
import { cookieReader } from "../kit.mjs"
import { ironCookies, ourCookies } from "../people.mjs"
import { SECRET } from "../secrets.mjs"
import { oneByOne, timeOperations } from "../timing.mjs"
import { handleOperations } from "./handles.mjs"
import { middlewareOperations } from "./middleware-operations.mjs"

const ironOptions = { password: SECRET, cookieName: "iron" }
/** More than the cache of opened seals has entries: in order, each is cold every time. */
const PEOPLE = 1000

const contents = {
  "1 key": () => dataOfKeys(1),
  "20 keys": personData,
  "60 keys, 2 KB": () => dataOfKeys(60),
}

/** What a request does with its session, without Next around it. Microseconds, ours against iron-session's. */
export async function operations(kit, { rounds, milliseconds }) {
  const timing = { rounds, milliseconds }
  const sizes = []
  for (const [name, dataOf] of Object.entries(contents)) {
    sizes.push(...(await opening(kit, name, dataOf, PEOPLE, timing)))
  }
  return [...sizes, ...(await handleOperations(kit, timing)), ...(await middlewareOperations(kit, timing))]
}

/** `load` takes a seal apart, as unsealData does; `open` gives the handle for a request, as getIronSession does. */
async function opening(kit, size, dataOf, people, timing) {
  const config = kit.resolveConfig({ store: kit.cookieStore({ secret: SECRET }) })
  const store = kit.openStore(kit.cookieStore({ secret: SECRET }))
  // Sealed by another store, so that the first look at each is cold.
  const cookies = await ourCookies(kit, kit.cookieStore({ secret: SECRET }), people, dataOf)
  const seals = cookies.map((cookie) => kit.unpackCookieValue(cookie).value)
  const irons = await ironCookies(people, dataOf)
  const ours = cookies.map((session) => cookieReader({ session }))
  const theirs = irons.map((iron) => cookieReader({ iron }))
  const [key] = Object.keys(dataOf(0))
  const must = (value) => {
    if (value === undefined) throw new Error("the session did not open")
  }

  const load = async (seal) => must((await store.take(seal, [], nothing)).data[key])
  const open = async (reader) => {
    const request = kit.readRequestCookies(reader, false, config)
    must((await kit.openSession(config, request, [], nothing)).reader.get(key))
  }
  const unseal = async (seal) => must((await unsealData(seal, { password: SECRET }))[key])
  const getIron = async (reader) => must((await getIronSession(reader, ironOptions))[key])

  let next = 0
  const each = (list, operation) => oneByOne(() => operation(list[next++ % people]))
  const bySixteen = (list, operation) => async (count) => {
    for (let at = 0; at < count; at += 16) {
      const now = Array.from({ length: Math.min(16, count - at) }, () => list[next++ % people])
      await Promise.all(now.map(operation))
    }
  }
  const timed = await timeOperations(
    {
      "load cold": each(seals, load),
      "load warm": oneByOne(() => load(seals[0])),
      unsealData: each(irons, unseal),
      "open cold": each(ours, open),
      "open warm": oneByOne(() => open(ours[0])),
      getIronSession: each(theirs, getIron),
      "open cold, 16 at once": bySixteen(ours, open),
      "getIronSession, 16 at once": bySixteen(theirs, getIron),
    },
    timing,
  )
  const row = (name, base, kind) => timed.row(name, base, { kind, size })
  return [
    row("load cold", "unsealData", "cold"),
    row("open cold", "getIronSession", "cold"),
    row("open cold, 16 at once", "getIronSession, 16 at once", "cold"),
    row("load warm", "unsealData", "load warm"),
    row("open warm", "getIronSession", "open warm"),
  ]
}

const nothing = () => {}
