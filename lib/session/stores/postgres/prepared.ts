import { sha256 } from "../sha256"
import { codeOf } from "./failure"
import type { PostgresPool } from "./pool"

/** A pool of node-postgres's family, Neon's and Vercel's included: it prepares what is given a name. */
type NamingPool = PostgresPool & {
  query(statement: {
    readonly name: string
    readonly text: string
    readonly values: (string | null)[]
  }): ReturnType<PostgresPool["query"]>
}

/** There is no such statement, or there is one: a pooler gave the connection to somebody else in between. */
const NOT_MINE = ["26000", "42P05"]

/**
 * Has a pool prepare statements, once per connection, where it can: to plan one takes longer than to run it. A
 * name is made of the statement's text, so that behind a pooler it can mean no other one. Where a pooler keeps
 * nothing prepared, as PgBouncer did until 1.21, Postgres refuses before anything runs; then, and from then on, they
 * are sent as they are.
 *
 * @param statements which: such as find their rows by the primary key alone, for their plan is made while the table may
 *   still be empty
 */
export function preparing(pool: PostgresPool, statements: readonly string[]): PostgresPool {
  if (!isNaming(pool)) return pool
  const names = new Map(statements.map((text) => [text, nameOf(text)]))
  let isRefused = false
  return {
    async query(text, values) {
      const name = isRefused ? undefined : await names.get(text)
      if (name === undefined) return pool.query(text, values)
      try {
        return await pool.query({ name, text, values })
      } catch (error) {
        if (!NOT_MINE.includes(codeOf(error) ?? "")) throw error
        isRefused = true
        return pool.query(text, values)
      }
    },
  }
}

/** By what only this family counts: others would take an object for a text. */
function isNaming(pool: PostgresPool): pool is NamingPool {
  return "totalCount" in pool && typeof pool.totalCount === "number"
}

/** Postgres cuts names at 63 bytes. */
async function nameOf(text: string): Promise<string> {
  return `next_sessions_${await sha256(text)}`
}
