import { checkOptions } from "../../core/check-options"
import { DEFAULT_TABLE, tableNames } from "./table"

export interface PostgresMigrationOptions {
  /** As `postgresStore` is given it. Default `next_sessions`. */
  table?: string
}

/**
 * The SQL that makes the table of `postgresStore`: three statements, which may be run again. No extension and no
 * function of one's own is needed.
 *
 * `id` is a hash of the id in the cookie. Times are Unix seconds. `flash` holds the messages on their way, with who
 * claimed them; `due` is the time before which none of them is over. `moved_from` holds, for a minute, the ids that
 * the session had before, with when they are forgotten; `answers` what the last commits came to.
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID`
 */
export function postgresMigration(options: PostgresMigrationOptions = {}): string {
  checkOptions("postgresMigration", options, { table: "text" })
  const names = tableNames("postgresMigration", options.table ?? DEFAULT_TABLE)
  return `CREATE TABLE IF NOT EXISTS ${names.table} (
  "id" text PRIMARY KEY,
  "data" jsonb NOT NULL,
  "flash" jsonb NOT NULL,
  "due" double precision,
  "created_at" double precision NOT NULL,
  "expires_at" double precision NOT NULL,
  "moved_from" jsonb,
  "answers" jsonb
);
CREATE INDEX IF NOT EXISTS ${names.expiryIndex} ON ${names.table} ("expires_at");
CREATE INDEX IF NOT EXISTS ${names.movedIndex} ON ${names.table} USING gin ("moved_from") WHERE "moved_from" IS NOT NULL;
`
}
