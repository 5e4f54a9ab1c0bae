import { notNumber } from "./changes.ts"
import { SessionError } from "./errors.ts"
import { DEFAULT_BAG, mergeFlash, noFlash, type FlashContent, type FormFeedback } from "./flash.ts"
import { createFormReader, type ArrivedFeedback } from "./form-reader.ts"
import { copyJson, type Json, type JsonObject } from "./json.ts"
import { randomSessionId } from "./random-id.ts"
import type { ReadonlySession, Session } from "./session.ts"
import { normalizePath } from "./path.ts"
import { transition, type SessionMessage, type SessionState } from "./state.ts"

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
  /** Starts a commit. Commits of one actor must not overlap; writes may go on meanwhile. */
  beginCommit(): StartedCommit
}

/** A commit under way, and how it ends; what is written meanwhile stays. */
export interface StartedCommit {
  /** What there is to persist. */
  readonly state: SessionState
  /** The state was persisted; `next` is where to go on. */
  succeed(next: SessionState): void
  /** It was not: back to what was persisted last, so that the next commit can succeed. */
  fail(): void
}

/**
 * @param initial the state to start from
 * @param now the current Unix time in seconds
 * @param beforeWrite called before each write; throws when writing is not possible here
 */
export function createActor(initial: SessionState, now: () => number, beforeWrite: () => void): SessionActor {
  let state = initial
  let persisted = initial
  /** Every write since the last commit began, in order. */
  let log: SessionMessage[] = []
  const send = (message: SessionMessage): void => {
    beforeWrite()
    state = transition(state, message)
    log.push(message)
  }
  const messages = (key: string) => arrivedFlash(state).messages.filter(([name]) => name === key)
  const lastMessage = (key: string) => copyOf(messages(key).at(-1)?.[1])
  const get = (key: string) => copyOf(state.data.get(key))
  const form = (bag = DEFAULT_BAG) =>
    createFormReader(bag, () => arrivedForms(state).findLast(({ form: { bag: name } }) => name === bag))

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
    form,
    ...form(),
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
      if (typeof before !== "number") throw notNumber(key)
      copyJson(before + by, `increment("${key}")`)
      send({ type: "increment", key, by })
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
    flashForm: (feedback) => send({ type: "flash", flash: { content: { messages: [], forms: [feedback] } } }),
    beginCommit() {
      log = []
      const goOnFrom = (base: SessionState) => {
        persisted = base
        state = log.reduce(transition, base)
      }
      return { state, succeed: goOnFrom, fail: () => goOnFrom(persisted) }
    },
  }
}

function copyOf(value: Json | undefined): Json | undefined {
  return typeof value === "object" ? structuredClone(value) : value
}

function arrivedForms(state: SessionState): ArrivedFeedback[] {
  return [...state.arrived].flatMap(([id, { forms }]) => forms.map((form) => ({ id, form })))
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
