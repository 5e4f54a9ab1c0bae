import { Pool } from "pg"
import { createStore, setup, type Json } from "next-session-kit"
import { postgresStore } from "next-session-kit/stores/postgres"
import { naiveCallbacks } from "../../naive-store.mjs"

/** BENCH_STORE=naive is the competitor, and postgres a store of ours; otherwise the kit chooses, as in any app. */
function chosenStore() {
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
