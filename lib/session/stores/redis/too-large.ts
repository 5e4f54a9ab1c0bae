import { SessionError } from "../../core/errors"
import { jsonBytes } from "../../core/json"
import { MAX_CHANGES_BYTES } from "../../core/limits"
import { printable } from "../../core/printable"
import { keyOfField, type FieldChange } from "./fields"

/** @throws SessionError `SESSION_TOO_LARGE`, naming the largest of the changes */
export function refuseTooLarge(changes: readonly FieldChange[]): void {
  const characters = changes.reduce((sum, [, field, value]) => sum + field.length + value.length + 20, 0)
  // None takes more than six bytes in JSON: most commits are too small to be worth a closer look.
  if (characters * 6 <= MAX_CHANGES_BYTES) return
  const sizes = changes.map((change) => ({ change, bytes: jsonBytes(change) }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total <= MAX_CHANGES_BYTES) return
  const { change, bytes } = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a))
  const [, field] = change
  const name = field.startsWith("data:") ? `key "${printable(keyOfField(field))}"` : "a flash"
  throw new SessionError(
    "SESSION_TOO_LARGE",
    `This request changed ${total} bytes of the session, and the Redis store sends at most ` +
      `${MAX_CHANGES_BYTES} in one commit. Most of it is ${name} (${bytes} bytes of JSON). Nothing was ` +
      `written. Keep it elsewhere and store an id in the session.`,
  )
}
