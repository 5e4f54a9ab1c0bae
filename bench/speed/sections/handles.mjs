import { getIronSession } from "iron-session"
import { cookieReader } from "../kit.mjs"
import { ironCookies, ourCookies } from "../people.mjs"
import { SECRET } from "../secrets.mjs"
import { oneByOne, timeOperations } from "../timing.mjs"

/** As many writes as one request might make; what it wrote before is dropped with its session. */
const WRITES = 10

/** The verbs of an open session, and the commit. */
export async function handleOperations(kit, timing) {
  const config = kit.resolveConfig({ store: kit.cookieStore({ secret: SECRET }) })
  const [session] = await ourCookies(kit, kit.cookieStore({ secret: SECRET }), 1)
  const [iron] = await ironCookies(1)
  const reader = cookieReader({ session })
  const answer = { outcome: { kind: "other" }, from: "", cookies: { reach: "browser" } }
  const cookies = () => kit.readRequestCookies(reader, false, config)
  const start = () => kit.openSession(config, cookies(), [], nothing)
  const ironStart = () => getIronSession(cookieReader({ iron }), { password: SECRET, cookieName: "iron" })

  const { state } = await start()
  const opened = state()
  const actor = kit.createActor(opened, config.now, nothing)
  const theirs = await ironStart()
  const fresh = () => kit.createActor(opened, config.now, nothing).session
  const writing = (write) => (count) => {
    let handle = fresh()
    for (let at = 0; at < count; at += 1) {
      if (at % WRITES === 0) handle = fresh()
      write(handle, at)
    }
  }
  const committing = kit.createActor(opened, config.now, nothing)
  const held = cookies()
  let turn = 0

  const timed = await timeOperations(
    {
      "get a string": (count) => repeat(count, () => actor.session.get("name")),
      "iron-session: property read": (count) => repeat(count, () => theirs.name),
      "get an array": (count) => repeat(count, () => actor.session.get("permissions")),
      put: writing((handle, at) => handle.put("visits", at)),
      "iron-session: property write": (count) => repeat(count, (at) => (theirs.visits = at)),
      flash: writing((handle) => handle.flash("success", "Saved")),
      "commit one key": oneByOne(() => {
        committing.session.put("visits", (turn += 1))
        return kit.commitSession(config, committing, held, answer)
      }),
      "iron-session: save": oneByOne(() => {
        theirs.visits = turn += 1
        return theirs.save()
      }),
      "open warm, put, commit": oneByOne(async () => {
        const request = cookies()
        const ours = await kit.openSession(config, request, [], nothing)
        ours.session.put("visits", (turn += 1))
        await kit.commitSession(config, ours, request, answer)
      }),
      "iron-session: getIronSession, write, save": oneByOne(async () => {
        const opening = await ironStart()
        opening.visits = turn += 1
        await opening.save()
      }),
    },
    timing,
  )
  return [
    timed.row("get a string", "iron-session: property read"),
    timed.row("get an array"),
    timed.row("put", "iron-session: property write"),
    timed.row("flash"),
    timed.row("commit one key", "iron-session: save", { kind: "commit" }),
    timed.row("open warm, put, commit", "iron-session: getIronSession, write, save"),
  ]
}

const nothing = () => {}
let sink

/** The result is kept, lest the loop be optimised away. */
function repeat(count, operation) {
  for (let at = 0; at < count; at += 1) sink = operation(at)
  return sink
}
