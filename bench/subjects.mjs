import { startCluster } from "../lib/session/test-support/redis/cluster.mjs"
import { startExpress, startNext } from "./servers.mjs"
import { startPostgresService, startTcpService } from "./services.mjs"

const SERVERS = 2

/**
 * What is put under load. `start` answers how to drive it; with `retries`, a client that has its own
 * keeps them.
 */
export const subjects = [
  kitStore("redis", "next-session-kit redisStore", { isOurs: true }),
  kitOverTcp("store", ({ url }) => ({ driver: { kind: "store", store: "redis", url }, stop() {} })),
  kitOnCluster(),
  kitOnPostgres("store", ({ url }) => ({ driver: { kind: "store", store: "postgres", url }, stop() {} })),
  kitStore("naive", "GET, JSON, SET", { leavesRetriesToClient: true }),
  kitApp("redis", "next-session-kit redisStore", { isOurs: true }),
  kitOverTcp("http", ({ url }) => serving(() => startNext({ BENCH_STORE: "redis-tcp", REDIS_URL: url })), {
    onlyInFull: true,
  }),
  kitOnPostgres(
    "http",
    ({ url }) => serving(() => startNext({ BENCH_STORE: "postgres", DATABASE_URL: url })),
    { onlyInFull: true },
  ),
  kitApp("naive", "next-session-kit on GET, JSON, SET", { leavesRetriesToClient: true, onlyInFull: true }),
  {
    name: "express-session, connect-redis",
    level: "http",
    // The bridge, which loses answers, is not on the way.
    without: ["lostAnswers"],
    onlyInFull: true,
    start: ({ redisUrl }) => serving(() => startExpress(redisUrl)),
  },
]

function kitStore(store, name, about) {
  const start = async ({ url, token }, { retries }) => ({
    driver: { kind: "store", store, url, token, retries },
    stop() {},
  })
  return { name, level: "store", ...about, start }
}

function kitApp(store, name, about) {
  const start = ({ url, token }, { retries }) => {
    const env = {
      BENCH_STORE: store,
      BENCH_RETRIES: retries ? "default" : "none",
      UPSTASH_REDIS_REST_URL: url,
      UPSTASH_REDIS_REST_TOKEN: token,
    }
    return serving(() => startNext(env))
  }
  return { name, level: "http", ...about, start }
}

/** Has a Redis of its own, without a bridge. */
function kitOverTcp(level, startTarget, about) {
  const start = async () => withServices(await startTcpService(), startTarget)
  return { name: "next-session-kit redisStore, TCP", level, isOurs: true, ...about, start }
}

function kitOnCluster() {
  const start = async () => {
    const { urls, stop } = await startCluster()
    return { driver: { kind: "store", store: "redis-cluster", urls }, stop }
  }
  // A cluster tells clients the addresses of its machines, and so leads them past what would lose answers.
  const without = ["lostAnswers"]
  return { name: "next-session-kit redisStore, cluster", level: "store", isOurs: true, without, start }
}

async function withServices(services, startTarget) {
  const target = await startTarget(services)
  const stop = async () => {
    await target.stop()
    await services.stop()
  }
  return { ...target, services, stop }
}

/** Has a Postgres of its own, which the other subjects do without. */
function kitOnPostgres(level, startTarget, about) {
  const start = async () => withServices(await startPostgresService(), startTarget)
  return { name: "next-session-kit postgresStore", level, isOurs: true, ...about, start }
}

async function serving(startServer) {
  const servers = await Promise.all(Array.from({ length: SERVERS }, startServer))
  return {
    driver: { kind: "http", origins: servers.map(({ origin }) => origin) },
    stop: () => Promise.all(servers.map((server) => server.stop())),
  }
}
