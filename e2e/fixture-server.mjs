import { readFileSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import pg from "pg"
import { startBridge } from "../lib/session/test-support/redis/bridge.mjs"
import { startPostgres } from "../lib/session/test-support/postgres/server.mjs"
import { startRedis } from "../lib/session/test-support/redis/server.mjs"
import { copyFixture } from "./fixture-variant.mjs"
import { runNext, serverLogs } from "./next-process.mjs"

/**
 * Builds the fixture app and serves it: `fixture-server.mjs <port> [variant]`. A variant is a copy of
 * the app, so that builds do not share a folder; what differs is switched by environment, but for
 * `proxy` and `redis-tcp`, where the middleware file has Next's newer name, for `toaster`, where the app shows messages
 * by a component of its own, for `postgres`, where it asks for Node and sessions are in a database of its own, and for
 * `redis`, which is the fixture itself in another environment. FIXTURE_BRIDGE_PORT
 * starts a Redis of its own for the app, behind a bridge on that port; `redis-tcp` has one without a bridge.
 * FIXTURE_IS_BUILT=1 serves the build that is there.
 */
const [, , port, variant] = process.argv
const here = (name) => fileURLToPath(new URL(name, import.meta.url))

const isCopy = variant !== undefined && variant !== "redis"
const cwd = isCopy ? here(`fixture-${variant}`) : here("fixture")
if (isCopy) {
  rmSync(cwd, { recursive: true, force: true })
  copyFixture(cwd, {
    cacheComponents: variant === "cache-components",
    middleware: { proxy: "proxy", "redis-tcp": "proxy", postgres: "nodejs" }[variant] ?? "middleware",
    toaster: variant === "toaster",
    onlyNode: ["redis-tcp", "postgres"].includes(variant),
    postgres: variant === "postgres",
  })
}

if (process.env.FIXTURE_BRIDGE_PORT !== undefined) {
  const redis = await startRedis()
  const token = process.env.UPSTASH_REDIS_REST_TOKEN
  const bridge = await startBridge({ redisUrl: redis.url, token, port: Number(process.env.FIXTURE_BRIDGE_PORT) })
  process.env.UPSTASH_REDIS_REST_URL = bridge.url
}

if (variant === "redis-tcp") {
  process.env.REDIS_URL = (await startRedis()).url
  process.env.FIXTURE_STORE = "redis"
}

if (variant === "postgres") process.env.DATABASE_URL = await startWithTable()

const name = variant ?? "cookie-store"
rmSync(`${serverLogs}/${name}.log`, { force: true })
if (process.env.FIXTURE_IS_BUILT !== "1") await runNext(name, cwd, "build")
await runNext(name, cwd, "start", "-p", port, "-H", "localhost")

/** A Postgres of its own, with the table of the docs. Its SQL stands there, for Node reads no TypeScript. */
async function startWithTable() {
  const { url } = await startPostgres()
  const docs = readFileSync(here("../docs/stores.md"), "utf8")
  const [, sql] = /```sql\n(CREATE TABLE[^`]*)```/.exec(docs)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
  return url
}
