import { SessionError } from "./errors.ts"
import { FORM_FIELD, mergeFlash, noFlash, type FlashContent, type FormFeedback } from "./flash.ts"
import { copyJson, type Json, type JsonObject } from "./json.ts"
import { randomSessionId } from "./random-id.ts"
import { normalizePath } from "./path.ts"
import { transition, type SessionMessage, type SessionState } from "./state.ts"

type Key<Shape> = keyof Shape & string

/** What a server component can do with the session: read. */
export interface ReadonlySession<Data extends object, Flash extends object> {
  /** Opaque and stable across requests; `""` before anything was ever stored. */
  readonly id: string
  /** The value, or undefined when there is none. `""`, `0`, `false` and `null` are values. */
  get<K extends Key<Data>>(key: K): Data[K] | undefined
  /** Whether the key is present, whatever its value. */
  has(key: Key<Data>): boolean
  /** A snapshot: later writes do not show in it, and changing it changes nothing. */
  all(): Partial<Data>
  /** The message that arrived with this request, `""` when there is none. */
  getFlash<K extends Key<Flash>>(key: K): Flash[K] | ""
  /** The message that arrived with this request, undefined when none was set. */
  getFlashOr<K extends Key<Flash>>(key: K): Flash[K] | undefined
  hasFlash(key: Key<Flash>): boolean
  /** What the person typed into the field before it was sent back, `""` when nothing. */
  old(field: string): string
  /** All values typed for a repeated field; undefined when nothing typed was given back at all. */
  oldAll(field: string): string[] | undefined
  /** The field's first error, `""` when none. Without a field: the first of the form as a whole. */
  error(field?: string): string
  /** Every message of the field; without a field, of all fields and the form as a whole. */
  errors(field?: string): string[]
  /** Whether the field, or without a field anything at all, has an error. */
  hasError(field?: string): boolean
}

export interface FlashOptions {
  /** Deliver it at this path of the app instead of where the response leads. */
  to?: string
}

/** What an action, route handler or middleware can do with the session: read and write. */
export interface Session<Data extends object, Flash extends object> extends ReadonlySession<Data, Flash> {
  /**
   * Stores a value; the next read sees it.
   * @throws SessionError `SESSION_VALUE_NOT_JSON` when JSON cannot carry the value
   */
  put<K extends Key<Data>>(key: K, value: Data[K]): void
  /** Removes a value. Removing what is not there is fine and writes nothing. */
  forget(key: Key<Data>): void
  /** Reads a value and removes it. */
  pull<K extends Key<Data>>(key: K): Data[K] | undefined
  /** Adds to a number, counting a missing one as 0, and returns the sum. */
  increment(key: Key<Data>, by?: number): number
  /**
   * Leaves a message for the next page: where this response redirects to, the page this response
   * re-renders, `options.to`, or else whichever page the person opens next. It is shown once.
   * @throws SessionError `SESSION_VALUE_NOT_JSON`; `SESSION_FLASH_TARGET_INVALID` when `to` is not
   *   a path of this app
   */
  flash<K extends Key<Flash>>(key: K, value: Flash[K], options?: FlashOptions): void
  /** Shows a message on the page this response renders, and never later. */
  now<K extends Key<Flash>>(key: K, value: Flash[K]): void
  /** Sends messages that arrived with this request on to the next page: these keys, or all. */
  keep(...keys: Key<Flash>[]): void
  /** Gives the session a new id and kills the old one. Call it when somebody signs in. */
  regenerate(): void
  /** Wipes data and flash and kills the old id. A flash written afterwards is kept. */
  invalidate(): void
}

/**
 * The actor of one request: it owns the state, and every write is a message it handles in order.
 * Internal to the kit; applications see its two handles.
 */
export interface SessionActor {
  readonly session: Session<JsonObject, JsonObject>
  readonly reader: ReadonlySession<JsonObject, JsonObject>
  state(): SessionState
  /** Whether any message changed the state it started from. */
  hasChanged(): boolean
  /** Adds feedback for a form that was sent back; travels like any flash. */
  flashForm(feedback: FormFeedback): void
  /** Replaces the state, after a commit. */
  become(state: SessionState): void
}

/**
 * @param initial the state to start from
 * @param now the current Unix time in seconds
 * @param beforeWrite called before each write; throws when writing is not possible here
 */
export function createActor(initial: SessionState, now: () => number, beforeWrite: () => void): SessionActor {
  let state = initial
  const send = (message: SessionMessage): void => {
    beforeWrite()
    state = transition(state, message)
  }
  const messages = (key: string) => arrivedFlash(state).messages.filter(([name]) => name === key)
  const lastMessage = (key: string) => copyOf(messages(key).at(-1)?.[1])
  const feedback = () => arrivedFlash(state).forms
  const get = (key: string) => copyOf(state.data.get(key))
  const errors = (field?: string) =>
    feedback()
      .flatMap((form) => form.errors)
      .filter(([name]) => field === undefined || name === field)
      .flatMap(([, texts]) => texts)
  const oldAll = (field: string) => {
    const typed = feedback().flatMap((form) => (form.old === undefined ? [] : [form.old]))
    if (typed.length === 0) return undefined
    return typed.flat().flatMap(([name, values]) => (name === field ? values : []))
  }

  const reads: Omit<ReadonlySession<JsonObject, JsonObject>, "id"> = {
    get,
    has: (key) => state.data.has(key),
    all: () => structuredClone(Object.fromEntries(state.data)),
    getFlash(key) {
      const value = lastMessage(key)
      return value === undefined ? "" : value
    },
    getFlashOr: lastMessage,
    hasFlash: (key) => messages(key).length > 0,
    old: (field) => oldAll(field)?.[0] ?? "",
    oldAll,
    error: (field = FORM_FIELD) => errors(field)[0] ?? "",
    errors,
    hasError: (field) => errors(field).length > 0,
  }

  const put = (key: string, value: unknown) =>
    send({ type: "put", key, value: copyJson(value, `put("${key}")`) })
  const forget = (key: string) => send({ type: "forget", key })
  const flash = (verb: string, key: string, value: unknown, options: { to?: string; onlyNow?: boolean }) => {
    const content: FlashContent = { ...noFlash, messages: [[key, copyJson(value, `${verb}("${key}")`)]] }
    send({ type: "flash", flash: { content, ...options } })
  }

  const session: Session<JsonObject, JsonObject> = {
    get id() {
      return state.id
    },
    ...reads,
    put,
    forget,
    pull(key) {
      const value = get(key)
      forget(key)
      return value
    },
    increment(key, by = 1) {
      const before = state.data.has(key) ? state.data.get(key) : 0
      if (typeof before !== "number") {
        throw new SessionError(
          "SESSION_VALUE_NOT_JSON",
          `increment("${key}") needs a number, and the session holds something else there. ` +
            `Put a number first, or use another key.`,
        )
      }
      put(key, before + by)
      return before + by
    },
    flash: (key, value, options = {}) =>
      flash("flash", key, value, options.to === undefined ? {} : { to: flashTarget(options.to) }),
    now: (key, value) => flash("now", key, value, { onlyNow: true }),
    keep: (...keys) => send({ type: "keep", keys }),
    regenerate: () => send({ type: "regenerate", newId: randomSessionId() }),
    invalidate: () => send({ type: "invalidate", newId: randomSessionId(), now: now() }),
  }

  const reader: ReadonlySession<JsonObject, JsonObject> = {
    get id() {
      return state.storedId ?? ""
    },
    ...reads,
    ...refusedWrites,
  }

  return {
    session,
    reader,
    state: () => state,
    hasChanged: () => state !== initial,
    flashForm: (form) => send({ type: "flash", flash: { content: { messages: [], forms: [form] } } }),
    become: (next) => {
      state = next
    },
  }
}

function copyOf(value: Json | undefined): Json | undefined {
  return typeof value === "object" ? structuredClone(value) : value
}

function arrivedFlash(state: SessionState): FlashContent {
  return mergeFlash([...state.arrived.values()])
}

function flashTarget(to: string): string {
  const path = normalizePath(to)
  if (path !== undefined) return path
  throw new SessionError(
    "SESSION_FLASH_TARGET_INVALID",
    `flash(…, { to }) was given something that is not a path of this app. ` +
      `A target starts with one slash, for example { to: "/dashboard" }.`,
  )
}

const writeNames = [
  "put",
  "forget",
  "pull",
  "increment",
  "flash",
  "now",
  "keep",
  "regenerate",
  "invalidate",
] as const

const refusedWrites = Object.fromEntries(writeNames.map((name) => [name, () => refuseWrite(name)]))

function refuseWrite(name: string): never {
  throw new SessionError(
    "SESSION_READ_ONLY",
    `session.${name}() was called on the read-only session that getSession() returns. ` +
      `Server components cannot set cookies. Write in a server action or route handler: ` +
      `withSession(async (session) => session.${name}(…)).`,
  )
}

/**
 * A handle for where there is no request: reads return nothing, writes are ignored, nothing throws.
 * Source: glimr/session `empty`.
 */
export function emptySession<Data extends object = JsonObject, Flash extends object = JsonObject>(): Session<
  Data,
  Flash
> {
  const ignore = () => undefined
  const empty: Session<Record<string, never>, Record<string, never>> = {
    id: "",
    get: ignore,
    has: () => false,
    all: () => ({}),
    getFlash: () => "",
    getFlashOr: ignore,
    hasFlash: () => false,
    old: () => "",
    oldAll: ignore,
    error: () => "",
    errors: () => [],
    hasError: () => false,
    put: ignore,
    forget: ignore,
    pull: ignore,
    increment: (_key, by = 1) => by,
    flash: ignore,
    now: ignore,
    keep: ignore,
    regenerate: ignore,
    invalidate: ignore,
  }
  return empty as unknown as Session<Data, Flash>
}
