import { SessionError } from "./errors.ts"
import type { JsonObject } from "./json.ts"

type Awaitable<T> = T | Promise<T>

/** A session as a store gives it back. */
export interface StoredSession {
  readonly id: string
  readonly data: JsonObject
  readonly flash: JsonObject
  /** Unix time in seconds. */
  readonly createdAt: number
}

export interface SaveMeta {
  /** Unix time in seconds. */
  readonly createdAt: number
  /** Unix time in seconds from which the entry must read as absent. */
  readonly expiresAt: number
}

/** Why a cookie gave no session; reported to the application's hook, never to the visitor. */
export type UnreadableReason = "malformed" | "unsealed" | "expired" | "unknown"

/** The five callbacks of a store. Each may be async. */
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
  /** Removes the entry; an unknown id is fine. */
  destroy(id: string): Awaitable<void>
  /** Removes what expired and keeps what is live. */
  gc(): Awaitable<void>
  /** What goes over the wire: the sealed payload for a cookie store, the id for a server store. */
  cookieValue(id: string, data: JsonObject, flash: JsonObject, meta: SaveMeta): Awaitable<string>
}

declare const brand: unique symbol

/** A store made by `createStore`. Opaque: only the kit calls it. */
export interface SessionStore {
  readonly [brand]: true
}

const callbackNames = ["load", "save", "destroy", "gc", "cookieValue"] as const

/** The callbacks, with every failure turned into a `SessionError`. */
type OpenStore = {
  [Name in keyof StoreCallbacks]: (
    ...args: Parameters<StoreCallbacks[Name]>
  ) => Promise<Awaited<ReturnType<StoreCallbacks[Name]>>>
}

/**
 * The only way to make a store by hand. Source: glimr/session `new`.
 *
 * @throws SessionError `SESSION_STORE_INVALID` when a callback is missing
 */
export function createStore(callbacks: StoreCallbacks): SessionStore {
  const missing = callbackNames.filter((name) => typeof callbacks?.[name] !== "function")
  if (missing.length > 0) {
    throw new SessionError(
      "SESSION_STORE_INVALID",
      `createStore() is missing ${missing.join(", ")}. ` +
        `A store has exactly the callbacks ${callbackNames.join(", ")}; pass each as a function.`,
    )
  }
  const store: OpenStore = {
    load: guarded("load", (...args) => callbacks.load(...args)),
    save: guarded("save", (...args) => callbacks.save(...args)),
    destroy: guarded("destroy", (...args) => callbacks.destroy(...args)),
    gc: guarded("gc", () => callbacks.gc()),
    cookieValue: guarded("cookieValue", (...args) => callbacks.cookieValue(...args)),
  }
  return store as unknown as SessionStore
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
      if (error instanceof SessionError) throw error
      throw new SessionError(
        "SESSION_STORE_UNAVAILABLE",
        `The session store could not ${name}. Nothing was read as empty and nothing was overwritten. ` +
          `Check that the store is running and reachable; its own error is this error's cause.`,
        { cause: error },
      )
    }
  }
}
