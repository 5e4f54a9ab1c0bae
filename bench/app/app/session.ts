import { Pool } from "pg"
import { createStore, setup, type Json } from "next-session-kit"
import { postgresStore } from "next-session-kit/stores/postgres"
import { redisStore } from "next-session-kit/stores/redis"
import { naiveCallbacks } from "../../naive-store.mjs"

/** BENCH_STORE=naive is the competitor, the others are stores of ours; without it the kit chooses, as in any app. */
function chosenStore() {
  if (process.env.BENCH_STORE === "redis-tcp") return redisStore()
  if (process.env.BENCH_STORE === "postgres") return postgresStore({ pool: postgresPool() })
  if (process.env.BENCH_STORE !== "naive") return undefined
  const { UPSTASH_REDIS_REST_URL: url = "", UPSTASH_REDIS_REST_TOKEN: token = "" } = process.env
  return createStore(naiveCallbacks({ url, token, retries: process.env.BENCH_RETRIES === "default" }))
}

function postgresPool() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 })
  // Unheard, a connection that is cut while nobody uses it would end the process.
  pool.on("error", () => {})
  return pool
}

const store = chosenStore()

export const { getSession, withSession, sessionMiddleware, register } = setup<
  Record<string, Json>,
  { success: string }
>(store === undefined ? {} : { store })
