import { Pool } from "pg"
import { afterAll, beforeAll } from "vitest"
import { postgresMigration } from "../../stores/postgres/migration"
import { startPostgres } from "./server.mjs"

export interface RunningPostgres {
  server: Awaited<ReturnType<typeof startPostgres>>
  /** Of many connections, so that statements meet. */
  pool: Pool
}

/** A Postgres of its own for a test file, with the store's table in it. */
export function usePostgres(): RunningPostgres {
  const running = {} as RunningPostgres
  beforeAll(async () => {
    running.server = await startPostgres()
    running.pool = poolTo(running.server.url)
    await running.pool.query(postgresMigration())
  }, 60_000)
  afterAll(async () => {
    await running.pool.end()
    await running.server.stop()
  })
  return running
}

export function poolTo(connectionString: string, max = 25): Pool {
  const pool = new Pool({ connectionString, max })
  // A connection that ends while nobody uses it is no test's matter; unheard, it would end the process.
  pool.on("error", () => {})
  return pool
}
