import { Pool } from "pg"
import type { SessionStore } from "next-session-kit"
import { postgresStore } from "next-session-kit/stores/postgres"
import { redisStore } from "next-session-kit/stores/redis"

/** Stores beside the one that the kit chooses. Not in every variant: `pg` does not load where middleware runs. */
function chosenStore(): SessionStore | undefined {
  if (process.env.BENCH_STORE === "redis-tcp") return redisStore()
  if (process.env.BENCH_STORE !== "postgres") return undefined
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 })
  pool.on("error", () => {})
  return postgresStore({ pool })
}

export const store = chosenStore()
