import { SessionError } from "../../core/errors"
import { isRefusedConnection } from "../patience"

/**
 * What is known of a statement that failed. Its text is safe: what Postgres and its clients say may repeat a
 * statement's values, a row, or the address of the database with its password.
 */
export class PostgresFailure extends Error {
  override readonly name = "PostgresFailure"
  /** The SQLSTATE that Postgres answered with; undefined when it is not known whether the statement ran. */
  readonly state: string | undefined

  /** Nobody was there to ask: nobody listens, or the server is starting or ending (57P03). */
  readonly isAway: boolean

  constructor(text: string, state?: string, isAway = state === "57P03") {
    super(text)
    this.state = state
    this.isAway = isAway
  }

  /** Whether another attempt may do: Postgres said "not now", or nobody answered. */
  get mayPass(): boolean {
    return this.state === undefined || /^(40001|40P01|57P0[1-5]|53300|08...)$/.test(this.state)
  }
}

/** Relation or schema, or column, that is not there. */
const MISSING = ["42P01", "3F000", "42703"]

/**
 * @param error what a client rejected with
 * @param table quoted
 * @returns an error that can be shown: of a missing table, one that names the migration
 */
export function failureOf(error: unknown, table: string): SessionError | PostgresFailure {
  if (error instanceof PostgresFailure) return error
  const code = codeOf(error)
  if (code === undefined) return new PostgresFailure("the query failed without an answer")
  if (!isState(code)) {
    return new PostgresFailure(`the query failed: ${code}`, undefined, isRefusedConnection(error))
  }
  if (!MISSING.includes(code)) return new PostgresFailure(`Postgres answered ${code}`, code)
  return new SessionError(
    "SESSION_STORE_UNAVAILABLE",
    `Postgres has no table ${table}, or it is not as the session store made it (SQLSTATE ${code}). The store ` +
      `needs its table. Run the SQL of postgresMigration() once, as docs/stores.md shows, with the table's name ` +
      `if you gave postgresStore() one.`,
    { cause: new PostgresFailure(`Postgres answered ${code}`, code) },
  )
}

/** Each has a digit, which tells it from Node's EPIPE. */
function isState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)
}

/** A SQLSTATE, or Node's word for what is wrong with a connection, such as ECONNRESET. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined
  return typeof error.code === "string" && /^[0-9A-Z_]{3,30}$/.test(error.code) ? error.code : undefined
}
