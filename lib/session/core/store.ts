import { isThenable, type Awaitable } from "./awaitable"
import type { SessionChanges } from "./changes"
import type { FlashClaim } from "./claim"
import { SessionError } from "./errors"
import type { JsonObject } from "./json"
import { processMovedIds, type MovedIds } from "./moved-ids"
import { commitWhole, endWhole } from "./whole-entries"

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

declare const brand: unique symbol

/** A store made by `createStore`. Opaque: only the kit calls it. */
export interface SessionStore {
  readonly [brand]: true
}

const requiredNames = ["load", "save", "destroy", "gc", "cookieValue"] as const

/**
 * The callbacks, with every failure turned into a rejection with a `SessionError`, and the optional ones
 * filled in.
 */
export type OpenStore = {
  [Name in Exclude<keyof StoreCallbacks, "take">]-?: (
    ...args: Parameters<NonNullable<StoreCallbacks[Name]>>
  ) => Promise<Awaited<ReturnType<NonNullable<StoreCallbacks[Name]>>>>
} & {
  /** Answers at once when the store does: every page that reads a session waits for it. */
  readonly take: Required<StoreCallbacks>["take"]
  /** Whether `take` and `commit` are the store's own: requests in flight at once then lose nothing. */
  readonly isAtomic: boolean
  /**
   * Tells a store from one that keeps other sessions, as far as can be known: a module that Next evaluates
   * twice makes two equal ones. Only ever compared, and never shown: a secret may be in it.
   */
  readonly identity: string
}

/**
 * The only way to make a store by hand. Source: glimr/session `new`.
 *
 * @throws SessionError `SESSION_STORE_INVALID` when a callback is missing
 */
export function createStore(callbacks: StoreCallbacks): SessionStore {
  return storeOf(callbacks, processMovedIds(), "createStore")
}

/**
 * `createStore`, for the kit's own stores.
 *
 * @param moved what a store without `commit` is told of sessions that were moved or ended
 * @param identity see `OpenStore`
 */
export function storeOf(callbacks: StoreCallbacks, moved: MovedIds, identity: string): SessionStore {
  const isMissing = (name: keyof StoreCallbacks) => typeof callbacks?.[name] !== "function"
  const missing: string[] = requiredNames.filter(isMissing)
  const isAtomic = !isMissing("take") && !isMissing("commit")
  if (!isAtomic) missing.push(...(["take", "commit"] as const).filter((name) => callbacks?.[name]).map(other))
  if (missing.length > 0) {
    throw new SessionError(
      "SESSION_STORE_INVALID",
      `createStore() is missing ${missing.join(", ")}. ` +
        `A store has the callbacks ${requiredNames.join(", ")}, and take and commit both or neither; ` +
        `pass each as a function.`,
    )
  }
  const store: OpenStore = {
    isAtomic,
    identity,
    load: guarded("load", (...args) => callbacks.load(...args)),
    save: guarded("save", (...args) => callbacks.save(...args)),
    destroy: guarded("destroy", (id) =>
      callbacks.commit ? callbacks.destroy(id) : endWhole(callbacks, moved, id),
    ),
    gc: guarded("gc", () => callbacks.gc()),
    cookieValue: guarded("cookieValue", (...args) => callbacks.cookieValue(...args)),
    take: guardedAtOnce("load", (cookieValue, claims, report) =>
      callbacks.take ? callbacks.take(cookieValue, claims, report) : callbacks.load(cookieValue, report),
    ),
    commit: guarded("save", (commit) =>
      callbacks.commit ? callbacks.commit(commit) : commitWhole(callbacks, moved, commit),
    ),
    prepare: guarded("prepare", () => callbacks.prepare?.()),
  }
  return store as unknown as SessionStore
}

function other(name: "take" | "commit"): string {
  return name === "take" ? "commit" : "take"
}

/** Whether `createStore` made it. */
export function isStore(value: unknown): value is SessionStore {
  return typeof value === "object" && value !== null && "isAtomic" in value
}

/** The kit's side of the opaque type. */
export function openStore(store: SessionStore): OpenStore {
  return store as unknown as OpenStore
}

function guarded<Args extends unknown[], Result>(
  name: string,
  callback: (...args: Args) => Awaitable<Result>,
): (...args: Args) => Promise<Result> {
  const run = guardedAtOnce(name, callback)
  return async (...args) => run(...args)
}

function guardedAtOnce<Args extends unknown[], Result>(
  name: string,
  callback: (...args: Args) => Awaitable<Result>,
): (...args: Args) => Awaitable<Result> {
  const fail = (error: unknown) => Promise.reject(storeError(name, error))
  return (...args) => {
    try {
      const result = callback(...args)
      return isThenable(result) ? Promise.resolve(result).catch(fail) : result
    } catch (error) {
      return fail(error)
    }
  }
}

/** What can be said of an operation that failed: an answer may have been lost after it was carried out. */
function aftermathOf(name: string): string {
  if (name === "save" || name === "destroy") {
    return "It may or may not have been carried out; the browser keeps the cookie it has."
  }
  return name === "load" ? "Nothing was read as empty." : "No session was changed."
}

function storeError(name: string, error: unknown): SessionError {
  if (error instanceof SessionError) return error
  return new SessionError(
    "SESSION_STORE_UNAVAILABLE",
    `The session store could not ${name}. ${aftermathOf(name)} ` +
      `Check that the store is running and reachable; its own error is this error's cause.`,
    { cause: error },
  )
}
