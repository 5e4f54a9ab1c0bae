import { personData } from "../data.mjs"
import { only } from "../load.mjs"
import { ironCookies, joseCookies, ourCookies, requestsOf } from "../people.mjs"
import { SECRET } from "../secrets.mjs"
import { startApp } from "../server.mjs"
import { interleave, median, medianRatio } from "../stats.mjs"
import { environments, postgresPool } from "../stores.mjs"

const IRON = "iron-session, getIronSession"

const pages = [
  { name: "cookies() only, the floor", path: "/floor", list: "floor", on: "cookies", base: true },
  { name: "the floor again: how much a ratio means", path: "/floor", list: "floor", on: "cookies" },
  { name: "our session, cookie store", path: "/session", list: "ours", on: "cookies" },
  { name: IRON, path: "/iron", list: "iron", on: "cookies" },
  { name: "jose, HS256 JWT", path: "/jose", list: "jose", on: "cookies" },
  { name: "the floor on the Redis server", path: "/floor", list: "floor", on: "redis", base: true },
  { name: "our session, Redis", path: "/session", list: "redis", on: "redis" },
  { name: "the floor on the Redis server, TCP", path: "/floor", list: "floor", on: "redisTcp", base: true },
  { name: "our session, Redis, TCP", path: "/session", list: "redis", on: "redisTcp" },
  { name: "the floor on the Postgres server", path: "/floor", list: "floor", on: "postgres", base: true },
  { name: "our session, Postgres", path: "/session", list: "postgres", on: "postgres" },
]

/** Pages per second: the same page with each way to keep a session, one visitor or many people. */
export async function pagesSection({ kit, load, services, sizes, log }) {
  const { rounds, milliseconds, alone } = sizes.pages
  await givePeople(kit, load, services, sizes.people)
  const apps = { cookies: await startApp("none") }
  try {
    for (const [on, environment] of Object.entries(environments))
      apps[on] = await startApp("stores", environment(services.addresses))
    const columns = {}
    for (const column of ["one", "many"]) {
      log(`pages per second, ${column === "one" ? "one cookie" : `${sizes.people} people`}`)
      const cases = pages.map(({ name, path, list, on }) => [
        name,
        load.page(apps[on], path, `${list} ${column}`, milliseconds),
      ])
      columns[column] = await interleave(Object.fromEntries(cases), rounds)
    }
    log("pages one at a time")
    const inTurn = pages.filter(({ on }) => on === "cookies")
    columns.alone = await interleave(
      Object.fromEntries(
        inTurn.map(({ name, path, list, on }) => [name, load.page(apps[on], path, `${list} one`, 1, 1)]),
      ),
      alone,
    )
    return { rows: pages.map((page) => rowOf(page, columns)), hitRate: hitRate(kit, sizes.people) }
  } finally {
    await Promise.all(Object.values(apps).map((app) => app.stop()))
  }
}

async function givePeople(kit, load, { addresses }, count) {
  const { url, token, postgresUrl } = addresses
  const redis = kit.redisStore({ url, token, timeoutMilliseconds: 30_000 })
  const pool = postgresPool(postgresUrl)
  const postgres = kit.postgresStore({ pool, timeoutMilliseconds: 30_000 })
  const ours = await ourCookies(kit, kit.cookieStore({ secret: SECRET }), count)
  const lists = {
    floor: requestsOf("session", ours).map(({ cookie }) => ({ cookie, shows: personData(0).email })),
    ours: requestsOf("session", ours),
    iron: requestsOf("iron", await ironCookies(count)),
    jose: requestsOf("jose", await joseCookies(count)),
    redis: requestsOf("session", await ourCookies(kit, redis, count)),
    postgres: requestsOf("session", await ourCookies(kit, postgres, count)),
  }
  await pool.end()
  for (const [name, list] of Object.entries(lists)) {
    await load.give(`${name} one`, list.slice(0, 1))
    await load.give(`${name} many`, list)
  }
}

function rowOf({ name, on, base }, columns) {
  const baseName = pages.find((page) => page.on === on && page.base).name
  const measured = Object.entries(columns).filter(([, collected]) => name in collected)
  const cells = measured.map(([column, collected]) => {
    const perSecond = only("perSecond", collected)
    const cpu = only("cpu", collected)
    const cell = {
      perSecond: median(perSecond[name]),
      ratio: base ? 1 : medianRatio(perSecond[name], perSecond[baseName]),
      toIron: medianRatio(perSecond[name], perSecond[IRON]),
      cpuMilliseconds: median(cpu[name]) * 1000,
      cpuRatio: base ? 1 : medianRatio(cpu[name], cpu[baseName]),
      cpuToIron: medianRatio(cpu[name], cpu[IRON]),
    }
    return [column, cell]
  })
  return { name, ...Object.fromEntries(cells) }
}

/** What the library's own cache finds when these people come round and round, in order. */
function hitRate(kit, people) {
  const of = (cookies) => {
    const cache = kit.createSealCache(Date.now)
    let hits = 0
    const asked = people * 3
    for (let at = 0; at < asked; at += 1) {
      const seal = `seal${at % cookies}`
      if (cache.get(seal) === undefined) cache.set(seal, "{}")
      else hits += 1
    }
    return hits / asked
  }
  return { one: of(1), many: of(people) }
}
