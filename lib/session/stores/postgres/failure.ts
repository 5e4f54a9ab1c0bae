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

  /** Nobody was there to ask: nobody listens, the server is starting or ending, or takes no more connections. */
  readonly isAway: boolean

  constructor(text: string, state?: string, isAway = AWAY.includes(state ?? "")) {
    super(text)
    this.state = state
    this.isAway = isAway
  }

  /** Whether the statement may have been carried out all the same. */
  get mayHaveRun(): boolean {
    return !this.isAway && !ROLLED_BACK.includes(this.state ?? "")
  }

  /** Whether the database can be read and not written: a standby, or one whose disk is full. */
  get isReadOnly(): boolean {
    return READ_ONLY.includes(this.state ?? "")
  }

  /** Whether every request would meet it. */
  get isRefusal(): boolean {
    return REFUSALS.includes(this.state ?? "")
  }

  /** Whether another attempt may do: Postgres said "not now", or nobody answered. */
  get mayPass(): boolean {
    if (this.state === undefined || this.isAway || ROLLED_BACK.includes(this.state)) return true
    return /^(57P0[1-5]|08...)$/.test(this.state)
  }
}

const AWAY = ["57P03", "53300"]
const ROLLED_BACK = ["40001", "40P01"]
const READ_ONLY = ["25006", "53100"]
const REFUSALS = ["28P01", "28000", "3D000", "42501"]

/** What to do about some of them. Source: PostgreSQL, appendix A, "Error Codes". */
const advice: Readonly<Record<string, string>> = {
  "28P01": ": check the password in the pool's address.",
  "28000": ": it does not let this user in.",
  "3D000": ": there is no database of the name in the pool's address.",
  "42501": ": its user may not SELECT, INSERT, UPDATE and DELETE in the table.",
  "25006": ": it is read-only, as a standby is.",
  "53100": ": its disk is full.",
  "53300": ": it takes no more connections. Give the pool a smaller max.",
  "57014": ": it ended the statement, by its statement_timeout.",
}

/** How node-postgres says that the app has ended it. */
const CLOSED = /after calling end on the pool|^Client (was closed|has already been)/

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
  if (code === undefined) {
    const isClosed = error instanceof Error && CLOSED.test(error.message)
    return new PostgresFailure(isClosed ? "the pool is closed" : "the query failed without an answer")
  }
  if (!isState(code)) {
    return new PostgresFailure(`the query failed: ${code}`, undefined, isRefusedConnection(error))
  }
  if (!MISSING.includes(code)) {
    const text = Object.hasOwn(advice, code) ? advice[code] : ""
    return new PostgresFailure(`Postgres answered ${code}${text}`, code)
  }
  return new SessionError(
    "SESSION_STORE_UNAVAILABLE",
    `Postgres has no table ${table}, or it is not as the session store made it (SQLSTATE ${code}). The store ` +
      `needs its table. Run the SQL of postgresMigration() once, as docs/stores.md shows, with the table's name ` +
      `if you gave postgresStore() one, and start the server again.`,
    { cause: new PostgresFailure(`Postgres answered ${code}`, code) },
  )
}

/** Each has a digit, which tells it from Node's EPIPE. */
function isState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)
}

/** A SQLSTATE, or Node's word for what is wrong with a connection, such as ECONNRESET. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined
  return typeof error.code === "string" && /^[0-9A-Z_]{3,30}$/.test(error.code) ? error.code : undefined
}
