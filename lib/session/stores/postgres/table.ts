import { SessionError } from "../../core/errors"

export const DEFAULT_TABLE = "next_sessions"

/** With what the names of its indexes add, a name that Postgres does not cut: 63 bytes. */
const NAME = /^[a-z_][\w$]{0,46}$/i

/** The names of a table and of its indexes, quoted. */
export interface TableNames {
  readonly table: string
  readonly expiryIndex: string
  readonly movedIndex: string
}

/**
 * Quotes a table's name, which may stand behind that of a schema.
 *
 * @param where the function that was given it
 * @throws SessionError `SESSION_OPTIONS_INVALID` for anything but a name of letters, digits, `_` and `$`
 */
export function tableNames(where: string, name: string): TableNames {
  const parts = name.split(".")
  if (parts.length > 2 || !parts.every((part) => NAME.test(part))) throw invalid(where)
  const quoted = (text: string) => `"${text}"`
  return {
    table: parts.map(quoted).join("."),
    expiryIndex: quoted(`${parts.at(-1)}_expires_at`),
    movedIndex: quoted(`${parts.at(-1)}_moved_from`),
  }
}

function invalid(where: string): SessionError {
  return new SessionError(
    "SESSION_OPTIONS_INVALID",
    `${where}({ table }) must be the name of a table, such as "sessions" or "auth.sessions": letters, digits, ` +
      `_ and $, at most 47 in each part, unquoted. Leave it out for the default, ${DEFAULT_TABLE}.`,
  )
}
