import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryJson, arbitraryKey } from "../test-support/arbitrary"
import type { FlashContent } from "./flash"
import type { Json } from "./json"
import { newSessionState, noHeldFlash, transition, type SessionCommand, type SessionState } from "./state"

const messageOf = (key: string, value: Json): FlashContent => ({ messages: [[key, value]], forms: [] })

const arbitraryCommand: fc.Arbitrary<SessionCommand> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant("put" as const), key: arbitraryKey, value: arbitraryJson }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom("forget", "pull"), key: arbitraryKey }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("flash" as const),
      flash: fc.record(
        {
          content: fc.tuple(arbitraryKey, arbitraryJson).map(([key, value]) => messageOf(key, value)),
          to: fc.constantFrom("/a", "/b"),
          onlyNow: fc.constant(true),
        },
        { requiredKeys: ["content"] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("keep" as const),
      keys: fc.array(arbitraryKey, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("regenerate" as const), newId: fc.uuid() }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("invalidate" as const), newId: fc.uuid(), now: fc.nat() }),
  },
)

/** A session as it is after a load: with data, a flash that waits and one that arrived. */
const loaded: SessionState = {
  ...newSessionState("id", 100),
  storedId: "id",
  data: new Map<string, Json>([["a", 1]]),
  storedData: new Map<string, Json>([["a", 1]]),
  flash: {
    ...noHeldFlash,
    arrived: new Map([["d1", messageOf("b", "arrived")]]),
    waiting: new Map([["d1", { ...messageOf("b", "arrived"), to: "/a", expiresAt: 400 }]]),
  },
}

/** What the state has to amount to, in the simplest words. */
interface Model {
  id: string
  createdAt: number
  data: [string, Json][]
  arrived: (readonly [string, Json])[]
  outgoing: (readonly [string, Json])[]
  wiped: boolean
}

function follow(model: Model, message: SessionCommand): void {
  const at = "key" in message ? model.data.findIndex(([key]) => key === message.key) : -1
  switch (message.type) {
    case "put":
      if (at >= 0) model.data[at] = [message.key, message.value]
      else model.data.push([message.key, message.value])
      return
    case "forget":
    case "pull":
      if (at >= 0) model.data.splice(at, 1)
      return
    case "flash":
      model.outgoing.push(...message.flash.content.messages)
      return
    case "keep":
      model.outgoing.push(
        ...model.arrived.filter(([key]) => message.keys.length === 0 || message.keys.includes(key)),
      )
      return
    case "regenerate":
      model.id = message.newId
      return
    case "invalidate":
      Object.assign(model, {
        id: message.newId,
        createdAt: message.now,
        data: [],
        arrived: [],
        outgoing: [],
        wiped: true,
      })
  }
}

const summary = (state: SessionState): Model => ({
  id: state.id,
  createdAt: state.createdAt,
  data: [...state.data],
  arrived: [...state.flash.arrived.values()].flatMap((content) => content.messages),
  outgoing: state.flash.written.flatMap((flash) => flash.content.messages),
  wiped: state.invalidated,
})

describe("transition", () => {
  it("follows a simple model through any sequence of messages", () => {
    fc.assert(
      fc.property(fc.array(arbitraryCommand, { maxLength: 25 }), fc.boolean(), (messages, isLoaded) => {
        let state = isLoaded ? loaded : newSessionState("id", 100)
        const model = summary(state)
        for (const message of messages) {
          state = transition(state, message)
          follow(model, message)
        }
        expect(summary(state)).toEqual(model)
      }),
      { numRuns: 2000 },
    )
  })

  it("never changes the state it is given, nor what the store is known to hold", () => {
    fc.assert(
      fc.property(fc.array(arbitraryCommand, { maxLength: 10 }), (messages) => {
        const states = [loaded]
        const before = [structuredClone(loaded)]
        for (const message of messages) {
          const next = transition(states.at(-1) as SessionState, message)
          states.push(next)
          before.push(structuredClone(next))
        }
        expect(states).toEqual(before)
        for (const state of states) {
          expect(state.storedData).toBe(loaded.storedData)
          expect(state.storedId).toBe("id")
        }
      }),
      { numRuns: 1000 },
    )
  })

  it("gives the same result for the same state and message", () => {
    fc.assert(
      fc.property(arbitraryCommand, (message) => {
        expect(transition(loaded, message)).toEqual(transition(loaded, message))
      }),
      { numRuns: 1000 },
    )
  })

  it("gives back the very same state for what changes nothing", () => {
    expect(transition(loaded, { type: "forget", key: "missing" })).toBe(loaded)
    expect(transition(loaded, { type: "pull", key: "missing" })).toBe(loaded)
    expect(transition(loaded, { type: "keep", keys: ["missing"] })).toBe(loaded)
    const fresh = newSessionState("id", 0)
    expect(transition(fresh, { type: "keep", keys: [] })).toBe(fresh)
  })

  it("remembers what a pull gave away of what is stored, until the end, and of nothing else", () => {
    const pull: SessionCommand = { type: "pull", key: "a" }
    const pulledAfter = (...messages: SessionCommand[]) => [...messages.reduce(transition, loaded).pulled]
    expect(pulledAfter(pull)).toEqual([["a", 1]])
    expect(pulledAfter({ type: "increment", key: "a", by: 2 }, pull)).toEqual([["a", 1]])
    expect(pulledAfter(pull, { type: "put", key: "a", value: 2 }, pull)).toEqual([["a", 1]])
    expect(pulledAfter(pull, { type: "invalidate", newId: "n", now: 0 })).toEqual([["a", 1]])
    expect(pulledAfter({ type: "forget", key: "a" }, pull)).toEqual([])
    // Nobody else can have what this request put there itself.
    expect(pulledAfter({ type: "put", key: "a", value: 2 }, pull)).toEqual([])
    expect(pulledAfter({ type: "put", key: "new", value: 2 }, { type: "pull", key: "new" })).toEqual([])
  })

  it("drops waiting flash on invalidate, and keeps it on regenerate", () => {
    expect(transition(loaded, { type: "invalidate", newId: "n", now: 5 }).flash.waiting.size).toBe(0)
    expect(transition(loaded, { type: "regenerate", newId: "n" }).flash.waiting).toBe(loaded.flash.waiting)
  })

  it("keeps the time of creation on regenerate: renewing an id does not renew the absolute lifetime", () => {
    expect(transition(loaded, { type: "regenerate", newId: "n" }).createdAt).toBe(100)
  })
})
