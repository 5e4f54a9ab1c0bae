import { only } from "../load.mjs"
import { ourCookies, requestsOf } from "../people.mjs"
import { startApp } from "../server.mjs"
import { interleave, median } from "../stats.mjs"

/** On a server with Redis: how many requests it makes per path, and what many readers in a page cost. */
export async function redisPathsSection({ kit, load, services, sizes, log }) {
  log("requests to Redis per path, components per page")
  const env = { UPSTASH_REDIS_REST_URL: services.url, UPSTASH_REDIS_REST_TOKEN: services.token }
  const app = await startApp("none", env)
  try {
    const redis = kit.redisStore({ url: services.url, token: services.token })
    const [request] = requestsOf("session", await ourCookies(kit, redis, 1))
    return {
      paths: await countPaths(app, services, request),
      components: await readers(app, load, request, sizes),
    }
  } finally {
    await app.stop()
  }
}

async function countPaths({ origin }, services, { cookie }) {
  const visit = async (path, headers, method = "GET") => {
    const response = await fetch(origin + path, {
      method,
      headers: { origin, ...headers },
      signal: AbortSignal.timeout(10_000),
    })
    await response.text()
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`)
  }
  // The first operation of a server sends the script's text besides.
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
    const before = await services.requests()
    await run()
    counted.push({ name, expected, requests: (await services.requests()) - before })
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
