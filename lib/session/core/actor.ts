import type { FormFeedback } from "./flash"
import type { JsonObject } from "./json"
import { randomSessionId } from "./random-id"
import { createReader } from "./reader"
import type { ReadonlySession, Session } from "./session"
import { beginSession, transition, type SessionCommand, type SessionState } from "./state"
import { createWriter } from "./writer"

/**
 * The actor of one request: it owns the state, and every write is a command it handles in order.
 * Internal to the kit; applications see its two handles.
 */
export interface SessionActor {
  readonly session: Session<JsonObject, JsonObject>
  readonly reader: ReadonlySession<JsonObject, JsonObject>
  state(): SessionState
  /** Whether any command changed the state it started from. */
  hasChanged(): boolean
  /** Adds feedback for a form that was sent back; travels like any flash. */
  flashForm(feedback: FormFeedback): void
  /** Starts a commit. Commits of one actor must not overlap; writes may go on meanwhile. */
  beginCommit(): StartedCommit
}

/** A commit under way, and how it ends; what is written meanwhile stays. */
interface StartedCommit {
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
  let log: SessionCommand[] = []
  const send = (command: SessionCommand): void => {
    beforeWrite()
    const next = transition(state, command)
    const begins = next !== state && state.id === ""
    state = begins ? transition(beginSession(state, randomSessionId(), now()), command) : next
    log.push(command)
  }
  const read = () => state

  // Made when it is asked for: a request has use for one of the two, and each takes as long as the rest of this.
  let session: SessionActor["session"] | undefined
  let reader: SessionActor["reader"] | undefined

  return {
    get session() {
      return (session ??= createWriter(read, send, now))
    },
    get reader() {
      return (reader ??= createReader(read))
    },
    state: read,
    hasChanged: () => state !== initial,
    flashForm: (feedback) => send({ type: "flash", flash: { content: { messages: [], forms: [feedback] } } }),
    beginCommit() {
      log = []
      const { id, createdAt } = state
      const goOnFrom = (base: SessionState) => {
        persisted = base
        state = log.reduce(transition, base)
      }
      return {
        state,
        succeed: goOnFrom,
        fail: () => goOnFrom(persisted.id === "" ? beginSession(persisted, id, createdAt) : persisted),
      }
    },
  }
}
