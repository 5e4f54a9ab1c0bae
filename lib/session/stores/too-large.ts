import { SessionError } from "../core/errors"
import { jsonBytes } from "../core/json"
import { MAX_CHANGES_BYTES } from "../core/limits"
import { printable } from "../core/printable"

/** One of the changes that a commit sends. */
export interface SentChange {
  /** The key whose value it is; undefined for a message. */
  readonly key: string | undefined
  /** The texts it consists of. */
  readonly texts: readonly string[]
}

/**
 * @param store what the error calls the one that sends them
 * @throws SessionError `SESSION_TOO_LARGE`, naming the largest of the changes
 */
export function refuseTooLarge(store: string, changes: readonly SentChange[]): void {
  const lengthOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 20)
  const characters = changes.reduce((sum, { texts }) => sum + lengthOf(texts), 0)
  // None takes more than six bytes in JSON: most commits are too small to be worth a closer look.
  if (characters * 6 <= MAX_CHANGES_BYTES) return
  const sizes = changes.map(({ key, texts }) => ({ key, bytes: jsonBytes(texts) }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total <= MAX_CHANGES_BYTES) return
  const { key, bytes } = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a))
  const name = key === undefined ? "a flash" : `key "${printable(key)}"`
  throw new SessionError(
    "SESSION_TOO_LARGE",
    `This request changed ${total} bytes of the session, and the ${store} store sends at most ` +
      `${MAX_CHANGES_BYTES} in one commit. Most of it is ${name} (${bytes} bytes of JSON). Nothing was ` +
      `written. Keep it elsewhere and store an id in the session.`,
  )
}
