import { isEmptyFlash, type Delivery, type FlashContent, type WrittenFlash } from "./flash"
import { sameJson, type Json } from "./json"

/** The flash one request knows of, by who holds it. Maps are per delivery id. */
export interface HeldFlash {
  /** The request: written in it, before it is known where the response leads. */
  readonly written: readonly WrittenFlash[]
  /** The page that this very response renders, if it renders one: left to it by an earlier commit. */
  readonly inPlace: ReadonlyMap<string, FlashContent>
  /** The page of this request, which shows it. */
  readonly arrived: ReadonlyMap<string, FlashContent>
  /** The store, what arrived in this request included. */
  readonly waiting: ReadonlyMap<string, Delivery>
  /** Other requests, which claimed it; and whether that is settled: nobody can take it any more. */
  readonly claimed: ReadonlyMap<string, boolean>
}

/** Everything one request knows about its session. Never changed in place. */
export interface SessionState {
  /** `""` while nothing was stored and nothing was written. */
  readonly id: string
  /** The id the store holds this session under; undefined when it holds none. */
  readonly storedId: string | undefined
  /** Unix time in seconds; 0 while there is no id. */
  readonly createdAt: number
  readonly data: ReadonlyMap<string, Json>
  /** `data` as the store has it, to tell a change from a rewrite of the same value. */
  readonly storedData: ReadonlyMap<string, Json>
  /** How much `increment` added to numbers of `storedData` since; a store that can adds it itself. */
  readonly added: ReadonlyMap<string, number>
  /** Values of `storedData` that `pull` gave away since: the commit holds only if they are still there. */
  readonly pulled: ReadonlyMap<string, Json>
  readonly flash: HeldFlash
  /** Wiped in this request: the old entry has to go before a new one is saved. */
  readonly invalidated: boolean
  /** Given a new id in this request. */
  readonly regenerated: boolean
}

/** What can be asked of a session. Every write is one of these, and the actor handles them in order. */
export type SessionCommand =
  | { readonly type: "put"; readonly key: string; readonly value: Json }
  | { readonly type: "forget"; readonly key: string }
  | { readonly type: "pull"; readonly key: string }
  | { readonly type: "increment"; readonly key: string; readonly by: number }
  | { readonly type: "flash"; readonly flash: WrittenFlash }
  | { readonly type: "keep"; readonly keys: readonly string[] }
  | { readonly type: "regenerate"; readonly newId: string }
  | { readonly type: "invalidate"; readonly newId: string; readonly now: number }

/** The state after one command. Pure: the same state and command give the same result. */
export function transition(state: SessionState, command: SessionCommand): SessionState {
  switch (command.type) {
    case "put":
      return {
        ...state,
        data: new Map(state.data).set(command.key, command.value),
        added: without(state.added, command.key),
      }
    case "forget":
      if (!state.data.has(command.key)) return state
      return { ...state, data: without(state.data, command.key), added: without(state.added, command.key) }
    case "pull":
      return pulled(state, command.key)
    case "increment":
      return incremented(state, command.key, command.by)
    case "flash":
      return withWritten(state, command.flash)
    case "keep": {
      const content = keepOf(state, command.keys)
      return isEmptyFlash(content) ? state : withWritten(state, { content })
    }
    case "regenerate":
      return { ...state, id: command.newId, regenerated: true }
    case "invalidate":
      return {
        ...state,
        id: command.newId,
        createdAt: command.now,
        data: none,
        added: none,
        flash: noHeldFlash,
        invalidated: true,
      }
  }
}

function withWritten(state: SessionState, written: WrittenFlash): SessionState {
  return { ...state, flash: { ...state.flash, written: [...state.flash.written, written] } }
}

function pulled(state: SessionState, key: string): SessionState {
  if (!state.data.has(key)) return state
  const stored = state.storedData.get(key)
  // What this request put there itself nobody else can have.
  const isTheirs = stored !== undefined && (state.added.has(key) || sameJson(state.data.get(key), stored))
  return {
    ...transition(state, { type: "forget", key }),
    pulled: isTheirs ? new Map(state.pulled).set(key, stored) : state.pulled,
  }
}

function incremented(state: SessionState, key: string, by: number): SessionState {
  const before = state.data.get(key)
  const sum = (typeof before === "number" ? before : 0) + by
  // A number this request put there itself is known; only what was loaded may have moved on meanwhile.
  const isAsLoaded = state.added.has(key) || before === state.storedData.get(key)
  return {
    ...state,
    data: new Map(state.data).set(key, sum),
    added: isAsLoaded ? new Map(state.added).set(key, (state.added.get(key) ?? 0) + by) : state.added,
  }
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map
  const rest = new Map(map)
  rest.delete(key)
  return rest
}

function keepOf(state: SessionState, keys: readonly string[]): FlashContent {
  const messages = [...state.flash.arrived.values()].flatMap((content) => content.messages)
  return { messages: messages.filter(([key]) => keys.length === 0 || keys.includes(key)), forms: [] }
}

const none: ReadonlyMap<string, never> = new Map<string, never>()

export const noHeldFlash: HeldFlash = {
  written: [],
  inPlace: none,
  arrived: none,
  waiting: none,
  claimed: none,
}

/** A visitor without a session. */
export const emptyState: SessionState = newSessionState("", 0)

/** The first write of a visitor without a session begins one. */
export function beginSession(state: SessionState, id: string, now: number): SessionState {
  return { ...state, id, createdAt: now }
}

export function newSessionState(id: string, createdAt: number): SessionState {
  return {
    id,
    storedId: undefined,
    createdAt,
    data: none,
    storedData: none,
    added: none,
    pulled: none,
    flash: noHeldFlash,
    invalidated: false,
    regenerated: false,
  }
}

/** Whether the store still holds a delivery that somebody may take. */
export function isHeld({ flash: { waiting, claimed } }: SessionState, id: string): boolean {
  return waiting.has(id) || claimed.get(id) === false
}
