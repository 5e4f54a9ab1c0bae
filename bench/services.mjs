import { once } from "node:events"
import { randomBytes } from "node:crypto"
import { fileURLToPath } from "node:url"
import pg from "pg"
import { startPostgres } from "../lib/session/test-support/postgres/server.mjs"
import { startRedis } from "../lib/session/test-support/redis/server.mjs"
import { importLibrary } from "./build.mjs"
import { firstMessage, forkChild, stopChild } from "./children.mjs"

const bridgeScript = fileURLToPath(new URL("bridge-process.mjs", import.meta.url))
const proxyScript = fileURLToPath(new URL("losing-proxy-process.mjs", import.meta.url))

/** A Redis of our own and the bridge in front of it. */
export async function startServices() {
  const token = randomBytes(24).toString("base64url")
  const redis = await startRedis()
  const bridge = forkChild(bridgeScript, {
    env: { ...process.env, NODE_ENV: "test", REDIS_URL: redis.url, BRIDGE_TOKEN: token },
  })
  const { url } = await firstMessage(bridge)

  async function control(method, path, body) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`The bridge answered ${method} ${path} with ${response.status}`)
    return response.json()
  }
  const requests = async () => (await control("GET", "/stats")).requests

  return {
    redisUrl: redis.url,
    url,
    token,
    requests,
    /** From now on every so many answers one is lost. Resolves to what ends it, which says how many were. */
    async loseAnswers(interval) {
      const before = await requests()
      await control("PUT", "/faults", dropEvery(interval))
      return async () => {
        await control("DELETE", "/faults")
        return Math.ceil(((await requests()) - before) / interval)
      }
    },
    async stop() {
      await stopChild(bridge)
      await redis.stop()
    },
  }
}

/** A fault counts only the requests that no fault before it took: each comes `interval` after the last. */
function dropEvery(interval) {
  return Array.from({ length: 500 }, (_, nth) => ({
    kind: "drop-after",
    times: 1,
    skip: nth * (interval - 1),
  }))
}

/** A Postgres of our own with the kit's table. The library must have been built. */
export async function startMigratedPostgres() {
  const { postgresMigration } = await importLibrary("stores/postgres.js")
  const postgres = await startPostgres()
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(postgresMigration())
  await client.end()
  return postgres
}

/** The same and what stands in front of it, for subjects that ask for one. */
export async function startPostgresService() {
  const postgres = await startMigratedPostgres()
  return behindProxy(postgres, "postgres", (port) => `postgres://postgres@127.0.0.1:${port}/postgres`)
}

/** A Redis so, over TCP. */
export async function startTcpService() {
  return behindProxy(await startRedis(), "redis", (port) => `redis://127.0.0.1:${port}`)
}

async function behindProxy(server, protocol, urlOf) {
  const env = { ...process.env, TARGET_PORT: String(server.port), PROTOCOL: protocol }
  const proxy = forkChild(proxyScript, { env })
  const { port } = await firstMessage(proxy)

  async function tell(message) {
    const answer = once(proxy, "message")
    proxy.send(message)
    return (await answer)[0]
  }

  return {
    url: urlOf(port),
    async loseAnswers(interval) {
      const before = await tell({ loseEvery: interval })
      return async () => (await tell({ loseEvery: 0 })).lost - before.lost
    },
    async stop() {
      await stopChild(proxy)
      await server.stop()
    },
  }
}
