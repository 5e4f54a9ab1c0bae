import { only } from "../load.mjs"
import { countStatements, countTcpCommands } from "../count.mjs"
import { ourCookies, requestsOf } from "../people.mjs"
import { startApp } from "../server.mjs"
import { interleave, median } from "../stats.mjs"
import { environments, postgresPool } from "../stores.mjs"

/** How many requests a server makes to its store per path, and what many readers in a page cost. */
export async function pathsSection({ kit, load, services, sizes, log }) {
  log("requests to stores per path, components per page")
  const { url, token, redisUrl } = services.addresses
  const [onRedis] = requestsOf("session", await ourCookies(kit, kit.redisStore({ url, token }), 1))
  const overTcp = await countTcpCommands(redisUrl)
  try {
    const counted = await onApp(environments.redis(services.addresses), async (app) => ({
      paths: await countPaths("Redis", app, services.requests, onRedis),
      components: await readers(app, load, onRedis, sizes),
    }))
    const tcp = await onApp(environments.redisTcp(services.addresses), (app) =>
      countPaths("Redis, TCP", app, overTcp.count, onRedis),
    )
    const postgres = await onPostgres(kit, services)
    return { paths: [...counted.paths, ...tcp, ...postgres], components: counted.components }
  } finally {
    overTcp.stop()
  }
}

async function onPostgres(kit, { addresses, postgresLog }) {
  const pool = postgresPool(addresses.postgresUrl)
  const [request] = requestsOf("session", await ourCookies(kit, kit.postgresStore({ pool }), 1))
  await pool.end()
  const { postgresUrl, count } = countStatements(addresses.postgresUrl, postgresLog)
  return onApp(environments.postgres({ postgresUrl }), (app) => countPaths("Postgres", app, count, request))
}

async function onApp(environment, run) {
  const app = await startApp("stores", environment)
  try {
    return await run(app)
  } finally {
    await app.stop()
  }
}

/** @param count answers how many requests the store was sent until now */
async function countPaths(store, { origin }, count, { cookie }) {
  const visit = async (path, headers, method = "GET") => {
    const response = await fetch(origin + path, {
      method,
      headers: { origin, ...headers },
      signal: AbortSignal.timeout(10_000),
    })
    await response.text()
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`)
  }
  // The first operation of a server opens a connection, and sends the script's text besides.
  await visit("/session", { cookie })
  await visit("/api/write", { cookie }, "POST")
  const paths = [
    { name: "page that reads no session", expected: 0, run: () => visit("/floor", { cookie }) },
    { name: "visitor without a session", expected: 0, run: () => visit("/session", {}) },
    { name: "malformed cookie", expected: 0, run: () => visit("/session", { cookie: "session=x.y" }) },
    { name: "page that reads", expected: 1, run: () => visit("/session", { cookie }) },
    { name: "page, 200 components read", expected: 1, run: () => visit("/components?n=200", { cookie }) },
    { name: "first write of a visitor", expected: 1, run: () => visit("/api/write", {}, "POST") },
    { name: "write", expected: 2, run: () => visit("/api/write", { cookie }, "POST") },
  ]
  const counted = []
  for (const { name, expected, run } of paths) {
    const before = await count()
    await run()
    counted.push({ store, name, expected, requests: (await count()) - before })
  }
  return counted
}

async function readers(app, load, { cookie }, { components: { rounds, milliseconds, counts } }) {
  await load.give("components", [{ cookie }])
  const cases = counts.flatMap((n) =>
    ["floor", "session"].map((source) => [
      `${source} ${n}`,
      load.page(app, `/components?n=${n}&source=${source}`, "components", milliseconds),
    ]),
  )
  const collected = await interleave(Object.fromEntries(cases), rounds)
  const cpu = only("cpu", collected)
  const perSecond = only("perSecond", collected)
  return counts.map((components) => ({
    components,
    floorMilliseconds: 1000 / median(perSecond[`floor ${components}`]),
    milliseconds: 1000 / median(perSecond[`session ${components}`]),
    floorCpu: median(cpu[`floor ${components}`]) * 1000,
    cpu: median(cpu[`session ${components}`]) * 1000,
  }))
}
