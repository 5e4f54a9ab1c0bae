import type { Awaitable } from "./awaitable"
import type { SessionChanges } from "./changes"
import type { FlashClaim } from "./claim"
import type { JsonObject } from "./json"

/** A session as a store gives it back. */
export interface StoredSession {
  readonly id: string
  readonly data: JsonObject
  readonly flash: JsonObject
  /** Unix time in seconds. */
  readonly createdAt: number
  /**
   * Deliveries that other requests have claimed; they are not in `flash`. `settled` ones can be
   * forgotten at the next commit. Only from stores that declare `take`.
   */
  readonly claimed?: readonly { readonly id: string; readonly settled: boolean }[]
  /**
   * Deliveries nobody came for in time; they are not in `flash`. This read removed them, so it is the one
   * to tell of them. Only from stores that declare `take`.
   */
  readonly expired?: JsonObject
}

export interface SaveMeta {
  /** Unix time in seconds. */
  readonly createdAt: number
  /** Unix time in seconds from which the entry must read as absent. */
  readonly expiresAt: number
}

/** Why a cookie gave no session; reported to the application's hook, never to the visitor. */
export type UnreadableReason = "malformed" | "unsealed" | "expired" | "unknown"

/** What one commit does: whole for stores that replace an entry, and as a change set for those that can. */
export interface SessionCommit {
  /**
   * The id the store holds the session under; undefined for a new session. With `wipe` it may be one that
   * the store no longer finds, and the commit is carried out all the same.
   */
  readonly from: string | undefined
  /** The id it has from now on; differs from `from` after `regenerate` and `invalidate`. */
  readonly id: string
  /** Whether what is held under `from` is wiped rather than carried over. */
  readonly wipe: boolean
  readonly data: JsonObject
  readonly flash: JsonObject
  /** What differs from what was loaded. */
  readonly changes: SessionChanges
  readonly meta: SaveMeta
}

/** The answer to a commit that was carried out. */
export interface Committed {
  /** The numbers that `changes.add` came to, per key. */
  readonly sums: Readonly<Record<string, number>>
}

/** The five callbacks of a store, and three it may declare besides. Each may be async. */
export interface StoreCallbacks {
  /**
   * The live session a cookie value stands for, or undefined when there is none: unknown, expired,
   * corrupt. Must not throw for anything a visitor can send; throws only when the backend could not
   * answer.
   * @param report says why there is none
   */
  load(cookieValue: string, report: (reason: UnreadableReason) => void): Awaitable<StoredSession | undefined>
  /** Creates or replaces the entry. `flash` is opaque to the store. */
  save(id: string, data: JsonObject, flash: JsonObject, meta: SaveMeta): Awaitable<void>
  /**
   * Removes the entry; an unknown id is fine. A store that declares `commit` also removes what the entry
   * became when it was moved to a new id within the last minute: sign-out wins over `regenerate`.
   */
  destroy(id: string): Awaitable<void>
  /** Removes what expired and keeps what is live. */
  gc(): Awaitable<void>
  /** What goes over the wire: the sealed payload for a cookie store, the id for a server store. */
  cookieValue(id: string, data: JsonObject, flash: JsonObject, meta: SaveMeta): Awaitable<string>
  /**
   * `load`, and in the same step claims deliveries for this request: `flash` then holds what nobody
   * has claimed and what this request was granted. What is over by then, delivered or expired, it also
   * removes (`takeFlash` does all of it). Declared together with `commit`.
   */
  take?(
    cookieValue: string,
    claims: readonly FlashClaim[],
    report: (reason: UnreadableReason) => void,
  ): Awaitable<StoredSession | undefined>
  /**
   * Applies `changes` in one step, leaving alone what other requests changed meanwhile, and moves the
   * entry to its new id. Without changes it renews the lifetime only. With `wipe`, what the entry became
   * when it was moved within the last minute dies as well.
   * @returns undefined when the session is gone: it must never bring one back
   * @throws SessionError `SESSION_ALREADY_PULLED`, `SESSION_VALUE_NOT_NUMBER` (`applyChanges` does)
   */
  commit?(commit: SessionCommit): Awaitable<Committed | undefined>
  /**
   * Called once when the server starts, on Node, before the first request, where the app lets `setup`'s
   * `register` do so. Throws when something is missing that would fail every request, such as a secret or
   * an address, and never because a backend is slow to come up.
   */
  prepare?(): Awaitable<void>
}
