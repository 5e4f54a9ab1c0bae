import { SessionError } from "./errors"
import { DEFAULT_BAG, mergeFlash, type FlashContent } from "./flash"
import { createFormReader, type ArrivedFeedback } from "./form-reader"
import { cloneJson, type Json, type JsonObject } from "./json"
import type { ReadonlySession, Session } from "./session"
import type { SessionState } from "./state"

type AnyReader = ReadonlySession<JsonObject, JsonObject>

/** The handle that server components get. */
export function createReader(state: () => SessionState): AnyReader {
  return {
    get id() {
      return state().storedId ?? ""
    },
    ...createReads(state),
    ...refusedWrites,
  }
}

/**
 * What both handles can do.
 *
 * @param state as it is at each read
 */
export function createReads(state: () => SessionState): Omit<AnyReader, "id"> {
  const messages = (key: string) => {
    const found = arrivedFlash(state()).messages.filter(([name]) => name === key)
    for (const message of found) read.add(message)
    return found
  }
  const lastMessage = (key: string) => copyOf(messages(key).at(-1)?.[1])
  const form = (bag = DEFAULT_BAG) =>
    createFormReader(bag, () => arrivedForms(state()).findLast(({ form: { bag: name } }) => name === bag))

  return {
    get: (key) => copyOf(state().data.get(key)),
    has: (key) => state().data.has(key),
    all: () => Object.fromEntries([...state().data].map(([key, value]) => [key, cloneJson(value)])),
    getFlash(key) {
      const value = lastMessage(key)
      return value === undefined ? "" : value
    },
    getFlashOr: lastMessage,
    hasFlash: (key) => messages(key).length > 0,
    form,
    ...form(),
  }
}

/** Messages that were asked for by key. */
const read = new WeakSet<FlashContent["messages"][number]>()

/** Whether the page asked for a message by key, so that it can show it by itself. */
export function wasRead(message: FlashContent["messages"][number]): boolean {
  return read.has(message)
}

function copyOf(value: Json | undefined): Json | undefined {
  return value === undefined ? undefined : cloneJson(value)
}

function arrivedForms(state: SessionState): ArrivedFeedback[] {
  return [...state.flash.arrived].flatMap(([id, { forms }]) => forms.map((form) => ({ id, form })))
}

function arrivedFlash(state: SessionState): FlashContent {
  return mergeFlash([...state.flash.arrived.values()])
}

/** What only the writable session has. As a record, so that the compiler misses a verb that is not in it. */
const writes: Readonly<Record<Exclude<keyof Session<JsonObject, JsonObject>, keyof AnyReader>, true>> = {
  put: true,
  forget: true,
  pull: true,
  increment: true,
  flash: true,
  now: true,
  keep: true,
  regenerate: true,
  invalidate: true,
}

const refusedWrites = Object.fromEntries(Object.keys(writes).map((name) => [name, () => refuseWrite(name)]))

function refuseWrite(name: string): never {
  throw new SessionError(
    "SESSION_READ_ONLY",
    `session.${name}() was called on the read-only session that getSession() returns. ` +
      `Server components cannot set cookies. Write in a server action or route handler: ` +
      `withSession(async (session) => session.${name}(…)).`,
  )
}
