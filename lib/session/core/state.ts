import { isEmptyFlash, type Delivery, type FlashContent } from "./flash"
import { sameJson, type Json } from "./json"

/** Flash written in this request, before it is known where the response leads. */
export interface OutgoingFlash {
  readonly content: FlashContent
  /** A path chosen by hand; otherwise the outcome of the request decides. */
  readonly to?: string
  /** Only for the page this very response renders; dropped when it renders none. */
  readonly onlyNow?: boolean
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
  /** Flash this request shows, per delivery id. */
  readonly arrived: ReadonlyMap<string, FlashContent>
  /** Flash the store holds, per delivery id, including what arrived in this request. */
  readonly pending: ReadonlyMap<string, Delivery>
  /** Deliveries other requests claimed, and whether each is settled: nobody can take it any more. */
  readonly claimed: ReadonlyMap<string, boolean>
  readonly outgoing: readonly OutgoingFlash[]
  /** Flash an earlier commit of this request left to the page this response renders, if it renders one. */
  readonly here: ReadonlyMap<string, FlashContent>
  /** Wiped in this request: the old entry has to go before a new one is saved. */
  readonly invalidated: boolean
  /** Given a new id in this request. */
  readonly regenerated: boolean
}

/** What can be asked of a session. Every write is one of these. */
export type SessionMessage =
  | { readonly type: "put"; readonly key: string; readonly value: Json }
  | { readonly type: "forget"; readonly key: string }
  | { readonly type: "pull"; readonly key: string }
  | { readonly type: "increment"; readonly key: string; readonly by: number }
  | { readonly type: "flash"; readonly flash: OutgoingFlash }
  | { readonly type: "keep"; readonly keys: readonly string[] }
  | { readonly type: "regenerate"; readonly newId: string }
  | { readonly type: "invalidate"; readonly newId: string; readonly now: number }

/** The state after one message. Pure: the same state and message give the same result. */
export function transition(state: SessionState, message: SessionMessage): SessionState {
  switch (message.type) {
    case "put":
      return {
        ...state,
        data: new Map(state.data).set(message.key, message.value),
        added: without(state.added, message.key),
      }
    case "forget":
      if (!state.data.has(message.key)) return state
      return { ...state, data: without(state.data, message.key), added: without(state.added, message.key) }
    case "pull":
      return pulled(state, message.key)
    case "increment":
      return incremented(state, message.key, message.by)
    case "flash":
      return { ...state, outgoing: [...state.outgoing, message.flash] }
    case "keep": {
      const content = keepOf(state, message.keys)
      return isEmptyFlash(content) ? state : { ...state, outgoing: [...state.outgoing, { content }] }
    }
    case "regenerate":
      return { ...state, id: message.newId, regenerated: true }
    case "invalidate":
      return {
        ...state,
        id: message.newId,
        createdAt: message.now,
        data: none,
        added: none,
        arrived: none,
        pending: none,
        claimed: none,
        outgoing: [],
        here: none,
        invalidated: true,
      }
  }
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
  const messages = [...state.arrived.values()].flatMap((content) => content.messages)
  return { messages: messages.filter(([key]) => keys.length === 0 || keys.includes(key)), forms: [] }
}

const none: ReadonlyMap<string, never> = new Map<string, never>()

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
    arrived: none,
    pending: none,
    claimed: none,
    outgoing: [],
    here: none,
    invalidated: false,
    regenerated: false,
  }
}

/** Whether the store still holds a delivery that somebody may take. */
export function isHeld({ pending, claimed }: SessionState, id: string): boolean {
  return pending.has(id) || claimed.get(id) === false
}
