import type { FlashClaim } from "../core/claim"
import { isSessionId } from "../core/random-id"
import type { StoreCallbacks, StoredSession } from "../core/store"

/** A session as a database gives it back, live or not. */
export interface StoredRecord extends StoredSession {
  /** Unix time in seconds. */
  readonly expiresAt: number
}

/**
 * `take` of a store whose cookie is the id: what is no id costs no request, and what has expired is no session.
 *
 * @param read asks the database
 * @param now the clock, in milliseconds
 */
export function takeLive(
  read: (id: string, claims: readonly FlashClaim[]) => Promise<StoredRecord | undefined>,
  now: () => number,
): Required<StoreCallbacks>["take"] {
  return async (id, claims, report) => {
    if (!isSessionId(id)) return void report("malformed")
    const record = await read(id, claims)
    if (record === undefined) return void report("unknown")
    const { expiresAt, ...session } = record
    return expiresAt * 1000 > now() ? session : void report("expired")
  }
}
