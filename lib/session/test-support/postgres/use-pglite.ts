import { PGlite } from "@electric-sql/pglite"
import { beforeAll } from "vitest"
import { postgresMigration } from "../../stores/postgres/migration"

/** A Postgres inside of the test's own process, with the store's table in it. It has one connection. */
export function usePglite(): { pool: PGlite } {
  const running = {} as { pool: PGlite }
  beforeAll(async () => {
    running.pool = new PGlite()
    await running.pool.exec(postgresMigration())
  }, 60_000)
  return running
}
