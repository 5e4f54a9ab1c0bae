import { alreadyPulled, notNumber } from "../../core/changes"
import { checkOptions } from "../../core/check-options"
import { SessionError } from "../../core/errors"
import { noMovedIds } from "../../core/moved-ids"
import {
  storeOf,
  type Committed,
  type SessionCommit,
  type SessionStore,
  type StoreCallbacks,
} from "../../core/store"
import { needsNode } from "../needs-node"
import { takeLive } from "../take-live"
import { asking } from "./ask"
import { entriesOf } from "./entries"
import { PostgresFailure } from "./failure"
import { isPool, keepsConnections, type PostgresPool } from "./pool"
import { preparing } from "./prepared"
import { statementsFor } from "./statements"
import { DEFAULT_TABLE, tableNames } from "./table"

export interface PostgresStoreOptions {
  /** How Postgres is reached: node-postgres's `Pool`, Neon's, Vercel's, PGlite, or another of that shape. */
  pool: PostgresPool
  /** The table, behind its schema or not, as `postgresMigration` made it. Default `next_sessions`. */
  table?: string
  /** How long one operation may take, all attempts together, in milliseconds: at most ten minutes. Default 5000. */
  timeoutMilliseconds?: number
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

/**
 * Keeps sessions in a table of Postgres: for more than one machine, for sessions that can be revoked, and for more
 * than 4 KB, where there is a database already. Requests in flight at once lose nothing: each commit is one
 * statement, says what it changes, and changes only a session that is still live.
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID`; `SESSION_STORE_NEEDS_NODE` on the Edge runtime for a pool of
 *   connections
 */
export function postgresStore(options: PostgresStoreOptions): SessionStore {
  // Its own options would be said to be none of ours.
  if (isPool(options)) throw noPool()
  checkOptions("postgresStore", options, {
    pool: "any",
    table: "text",
    timeoutMilliseconds: "milliseconds",
    now: "function",
  })
  const { pool, table = DEFAULT_TABLE, timeoutMilliseconds = 5000, now = Date.now } = options
  if (!isPool(pool)) throw noPool()
  const names = tableNames("postgresStore", table)
  // A client over HTTP needs none; a connection, over TCP or WebSocket, does not outlive a request there.
  if (process.env.NEXT_RUNTIME === "edge" && keepsConnections(pool)) {
    throw needsNode(
      "postgresStore() with a pool of connections",
      "a client over HTTP, such as Neon's neon(url, { fullResults: true })",
    )
  }

  const statements = statementsFor(names.table)
  const prepared = preparing(pool, [statements.read, statements.take, statements.change])
  const ask = asking(prepared, timeoutMilliseconds, names.table)
  const entries = entriesOf(ask, statements, () => now() / 1000)

  const take = takeLive((id, claims) => entries.take(id, claims), now)

  async function commit(asked: SessionCommit): Promise<Committed | undefined> {
    const { from, id, wipe, data, flash, meta } = asked
    if (from === undefined) {
      await entries.save(id, { data, flash }, meta)
      return { sums: {} }
    }
    const verdict = await (wipe ? entries.wipe(from, asked) : entries.change(from, asked))
    switch (verdict.status) {
      case "ok":
        return { sums: verdict.sums }
      case "gone":
        return undefined
      case "pulled":
        throw alreadyPulled(verdict.key)
      case "not-a-number":
        throw notNumber(verdict.key)
    }
  }

  const callbacks: StoreCallbacks = {
    load: (id, report) => take(id, [], report),
    save: (id, data, flash, meta) => entries.save(id, { data, flash }, meta),
    destroy: (id) => entries.end(id),
    gc: () => entries.collect(),
    cookieValue: (id) => id,
    async prepare() {
      try {
        await entries.probe()
      } catch (error) {
        // A database that is slow to come up is no reason not to start.
        if (error instanceof SessionError || (error instanceof PostgresFailure && error.isRefusal))
          throw error
      }
    },

    take,
    commit,
  }
  // Pools cannot be told apart.
  return storeOf(callbacks, noMovedIds, JSON.stringify(["postgres", table]))
}

function noPool(): SessionError {
  return new SessionError(
    "SESSION_OPTIONS_INVALID",
    `postgresStore({ pool }) must be a Postgres client with the method query(text, values), which resolves to ` +
      `{ rows }. Pass new Pool({ connectionString }) of the package pg, for example.`,
  )
}
