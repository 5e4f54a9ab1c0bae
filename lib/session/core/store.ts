import type { Awaitable } from "./awaitable"
import { SessionError } from "./errors"
import { processMovedIds, type MovedIds } from "./moved-ids"
import type { StoreCallbacks } from "./store-contract"
import { commitWhole, endWhole } from "./whole-entries"

export type {
  Committed,
  SaveMeta,
  SessionCommit,
  StoreCallbacks,
  StoredSession,
  UnreadableReason,
} from "./store-contract"

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
  [Name in keyof StoreCallbacks]-?: (
    ...args: Parameters<NonNullable<StoreCallbacks[Name]>>
  ) => Promise<Awaited<ReturnType<NonNullable<StoreCallbacks[Name]>>>>
} & {
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
    take: guarded("load", (cookieValue, claims, report) =>
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
  return async (...args) => {
    try {
      return await callback(...args)
    } catch (error) {
      throw storeError(name, error)
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
