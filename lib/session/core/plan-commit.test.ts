import { describe, expect, it } from "vitest"
import type { Outcome } from "./delivery"
import { decide, planCommit, type CommitFacts, type CommitKind } from "./plan-commit"
import type { Delivery, FlashContent, WrittenFlash } from "./flash"
import type { Json } from "./json"
import {
  newSessionState,
  noHeldFlash,
  transition,
  type HeldFlash,
  type SessionCommand,
  type SessionState,
} from "./state"

const NOW = 1000
const lifetimes = { idleSeconds: 120, absoluteSeconds: 600, flashSeconds: 5 }

const redirect: Outcome = { kind: "redirect", to: "/target" }
const render: Outcome = { kind: "render" }
const other: Outcome = { kind: "other" }

function plan(state: SessionState, given: Partial<CommitFacts> = {}) {
  let count = 0
  return planCommit(state, {
    outcome: other,
    now: NOW,
    lifetimes,
    undelivered: new Set(state.flash.waiting.keys()),
    touchIsDue: false,
    hasCookie: false,
    newDeliveryId: () => `new${(count += 1)}`,
    ...given,
  })
}

const text = (key: string, value: Json = key): FlashContent => ({ messages: [[key, value]], forms: [] })
const addressed = (to: string, expiresAt = NOW + 1): Delivery => ({ ...text("waiting"), to, expiresAt })

const fresh = newSessionState("new-id", NOW)

function stored(given: Partial<SessionState> = {}, flash: Partial<HeldFlash> = {}): SessionState {
  const data = new Map<string, Json>([["kept", 1]])
  const base = { ...newSessionState("id", 500), storedId: "id", data, storedData: data }
  return { ...base, ...given, flash: { ...noHeldFlash, ...flash } }
}

const after = (state: SessionState, ...messages: SessionCommand[]) => messages.reduce(transition, state)
const flashed = (...flashes: WrittenFlash[]) =>
  flashes.map((flash): SessionCommand => ({ type: "flash", flash }))

describe("decide", () => {
  const bits = [false, true]
  const all = bits.flatMap((isStored) =>
    bits.flatMap((sameId) =>
      bits.flatMap((holdsSomething) =>
        bits.flatMap((changed) =>
          bits.flatMap((touchIsDue) =>
            bits.map((signsOut) => ({
              stored: isStored,
              sameId,
              holdsSomething,
              changed,
              touchIsDue,
              signsOut,
            })),
          ),
        ),
      ),
    ),
  )
  const table: { when: Partial<(typeof all)[number]>; does: CommitKind }[] = [
    { when: { stored: false, holdsSomething: false, signsOut: false }, does: "nothing" },
    { when: { stored: false, holdsSomething: false, signsOut: true }, does: "destroy" },
    { when: { stored: false, holdsSomething: true }, does: "write" },
    { when: { stored: true, sameId: false, holdsSomething: true }, does: "migrate" },
    { when: { stored: true, sameId: false, holdsSomething: false }, does: "destroy" },
    { when: { stored: true, sameId: true, changed: true }, does: "write" },
    { when: { stored: true, sameId: true, changed: false, touchIsDue: true }, does: "touch" },
    { when: { stored: true, sameId: true, changed: false, touchIsDue: false }, does: "nothing" },
  ]

  it.each(all)("%j", (facts) => {
    const rows = table.filter(({ when }) =>
      Object.entries(when).every(([name, value]) => facts[name as keyof typeof facts] === value),
    )
    expect(rows).toHaveLength(1)
    expect(decide(facts)).toBe(rows[0]?.does)
  })

  it("was asked about all 64 combinations", () => {
    expect(new Set(all.map((facts) => JSON.stringify(facts))).size).toBe(64)
  })
})

describe("planCommit: what is done", () => {
  const cases: [string, SessionState, Partial<CommitFacts>, CommitKind][] = [
    ["a visitor who stored nothing", fresh, {}, "nothing"],
    ["the same, when a touch is due", fresh, { touchIsDue: true }, "nothing"],
    [
      "one who put and forgot",
      after(fresh, { type: "put", key: "a", value: 1 }, { type: "forget", key: "a" }),
      {},
      "nothing",
    ],
    ["a first value", after(fresh, { type: "put", key: "a", value: 1 }), {}, "write"],
    ["a falsy first value", after(fresh, { type: "put", key: "a", value: null }), {}, "write"],
    ["a first flash", after(fresh, ...flashed({ content: text("a") })), {}, "write"],
    [
      "a first flash that this response shows",
      after(fresh, ...flashed({ content: text("a") })),
      { outcome: render },
      "nothing",
    ],
    ["regenerate of an empty session", after(fresh, { type: "regenerate", newId: "n" }), {}, "nothing"],
    [
      "invalidate of an empty session",
      after(fresh, { type: "invalidate", newId: "n", now: NOW }),
      {},
      "nothing",
    ],
    [
      "invalidate where the store found nothing under the browser's cookie",
      after(fresh, { type: "invalidate", newId: "n", now: NOW }),
      { hasCookie: true },
      "destroy",
    ],
    [
      "the same, then a flash",
      after(fresh, { type: "invalidate", newId: "n", now: NOW }, ...flashed({ content: text("bye") })),
      { hasCookie: true, outcome: redirect },
      "write",
    ],
    ["a visitor with such a cookie who signs out of nothing", fresh, { hasCookie: true }, "nothing"],
    ["a stored session that nobody touched", stored(), {}, "nothing"],
    ["the same, when a touch is due", stored(), { touchIsDue: true }, "touch"],
    ["a rewrite of the same value", after(stored(), { type: "put", key: "kept", value: 1 }), {}, "nothing"],
    [
      "a change that was taken back",
      after(stored(), { type: "put", key: "b", value: 1 }, { type: "forget", key: "b" }),
      {},
      "nothing",
    ],
    ["a changed value", after(stored(), { type: "put", key: "kept", value: 2 }), {}, "write"],
    ["1 replaced by '1'", after(stored(), { type: "put", key: "kept", value: "1" }), {}, "write"],
    [
      "a value under another key",
      after(stored(), { type: "forget", key: "kept" }, { type: "put", key: "b", value: 1 }),
      {},
      "write",
    ],
    ["a forgotten value", after(stored(), { type: "forget", key: "kept" }), {}, "write"],
    ["forgetting what is not there", after(stored(), { type: "forget", key: "missing" }), {}, "nothing"],
    ["a flash that waits", stored({}, { waiting: new Map([["d", addressed("/a")]]) }), {}, "nothing"],
    [
      "a flash that was delivered",
      stored({}, { waiting: new Map([["d", addressed("/a")]]) }),
      { undelivered: new Set() },
      "nothing",
    ],
    ["regenerate", after(stored(), { type: "regenerate", newId: "n" }), {}, "migrate"],
    ["invalidate", after(stored(), { type: "invalidate", newId: "n", now: NOW }), {}, "destroy"],
    [
      "invalidate, then a value",
      after(stored(), { type: "invalidate", newId: "n", now: NOW }, { type: "put", key: "a", value: 1 }),
      {},
      "migrate",
    ],
    [
      "invalidate, then a flash",
      after(stored(), { type: "invalidate", newId: "n", now: NOW }, ...flashed({ content: text("bye") })),
      { outcome: redirect },
      "migrate",
    ],
    [
      "a flash, then invalidate",
      after(stored(), ...flashed({ content: text("bye") }), { type: "invalidate", newId: "n", now: NOW }),
      { outcome: redirect },
      "destroy",
    ],
    [
      "invalidate, then a flash this response shows",
      after(stored(), { type: "invalidate", newId: "n", now: NOW }, ...flashed({ content: text("bye") })),
      { outcome: render },
      "destroy",
    ],
  ]

  it.each(cases)("%s", (_, state, facts, kind) => {
    expect(plan(state, facts).kind).toBe(kind)
  })
})

describe("planCommit: where flash goes", () => {
  const content = text("notice")
  const sentTo = (flash: WrittenFlash, outcome: Outcome) => [
    ...plan(after(fresh, ...flashed(flash)), { outcome }).sent.values(),
  ]

  it.each<[string, Outcome, string[]]>([
    ["a redirect", redirect, ["/target"]],
    ["a redirect off the site", { kind: "redirect", to: "*" }, ["*"]],
    ["a response of its own", other, ["*"]],
    ["the re-render of this response", render, []],
  ])("with %s", (_, outcome, targets) => {
    expect(sentTo({ content }, outcome).map((delivery) => delivery.to)).toEqual(targets)
  })

  it.each([redirect, other, render])(
    "to the path chosen by hand, whatever the response does (%j)",
    (outcome) => {
      expect(sentTo({ content, to: "/chosen" }, outcome)).toEqual([
        { ...content, to: "/chosen", expiresAt: NOW + 5 },
      ])
    },
  )

  it("shows in the re-render what was flashed without a target, and asks for that render", () => {
    const { rendersFlash, next, sent } = plan(after(fresh, ...flashed({ content })), { outcome: render })
    expect(rendersFlash).toBe(true)
    expect([...next.flash.arrived.values()]).toEqual([content])
    expect(sent.size).toBe(0)
    expect(next.flash.waiting.size).toBe(0)
  })

  it("asks for no render when every flash travels on", () => {
    const state = after(fresh, ...flashed({ content, to: "/chosen" }))
    expect(plan(state, { outcome: render }).rendersFlash).toBe(false)
    expect(plan(state, { outcome: redirect }).rendersFlash).toBe(false)
  })

  it.each([redirect, other])(
    "drops what was only for this response when it renders nothing (%j)",
    (outcome) => {
      const { kind, sent, rendersFlash } = plan(after(fresh, ...flashed({ content, onlyNow: true })), {
        outcome,
      })
      expect({ kind, sent: sent.size, rendersFlash }).toEqual({
        kind: "nothing",
        sent: 0,
        rendersFlash: false,
      })
    },
  )

  it("gathers what goes to one place into one delivery, in order, the same text twice included", () => {
    const flashes = [{ content }, { content: text("b") }, { content }, { content: text("c"), to: "/c" }]
    const { sent } = plan(after(fresh, ...flashed(...flashes)), { outcome: redirect })
    expect([...sent.values()].map(({ to, messages }) => [to, messages.map(([key]) => key)])).toEqual([
      ["/target", ["notice", "b", "notice"]],
      ["/c", ["c"]],
    ])
  })

  it("joins a target chosen by hand with the redirect that leads there too", () => {
    const state = after(fresh, ...flashed({ content, to: "/target" }, { content: text("b") }))
    expect(plan(state, { outcome: redirect }).sent.size).toBe(1)
  })

  it("keeps the later of two feedbacks for one form, and both for two", () => {
    const form = (bag: string, message: string): FlashContent => ({
      messages: [],
      forms: [{ bag, old: [], errors: [["f", [message]]] }],
    })
    const state = after(
      fresh,
      ...flashed({ content: form("", "1") }, { content: form("b", "2") }, { content: form("", "3") }),
    )
    const [delivery] = plan(state, { outcome: redirect }).sent.values()
    expect(delivery?.forms.map(({ bag, errors }) => [bag, errors[0]?.[1][0]])).toEqual([
      ["", "3"],
      ["b", "2"],
    ])
  })
})

describe("planCommit: what is kept", () => {
  const waiting = new Map([
    ["waits", addressed("/a")],
    ["delivered", addressed("/b")],
    ["expired", addressed("/c", NOW)],
    ["deliveredAndExpired", addressed("/d", NOW - 1)],
  ])
  const undelivered = new Set(["waits", "expired"])
  const changed = after(stored({}, { waiting }), { type: "put", key: "a", value: 1 })

  it("keeps what waits, prunes what was delivered or expired, and names only the latter", () => {
    const { next, expired } = plan(changed, { undelivered })
    expect([...next.flash.waiting.keys()]).toEqual(["waits"])
    expect([...expired.keys()]).toEqual(["expired"])
  })

  it("prunes on a touch as well", () => {
    const { kind, next } = plan(stored({}, { waiting }), {
      undelivered: new Set(["waits"]),
      touchIsDue: true,
    })
    expect(kind).toBe("touch")
    expect([...next.flash.waiting.keys()]).toEqual(["waits"])
  })

  it("writes nothing only to prune what was delivered", () => {
    const { kind, next } = plan(stored({}, { waiting }), { undelivered: new Set(["waits"]) })
    expect(kind).toBe("nothing")
    expect(next.flash.waiting).toBe(waiting)
  })

  it("writes once to drop what nobody came for, so that it is reported once", () => {
    const first = plan(stored({}, { waiting }), { undelivered })
    expect(first.kind).toBe("write")
    expect([...first.expired.keys()]).toEqual(["expired"])
    const second = plan(first.next, { undelivered })
    expect([second.kind, second.expired.size]).toEqual(["nothing", 0])
  })

  it("keeps the newest 8 waiting deliveries and names those it drops", () => {
    const many = new Map(Array.from({ length: 10 }, (_, n) => [`d${n}`, addressed(`/${n}`)] as const))
    const { next, expired } = plan(stored({}, { waiting: many }), { undelivered: new Set(many.keys()) })
    expect([...next.flash.waiting.keys()]).toEqual(["d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9"])
    expect([...expired.keys()]).toEqual(["d0", "d1"])
  })

  it("drops the oldest first, in whatever order the store gives them back", () => {
    let state = stored()
    for (let count = 0; count < 14; count += 1) {
      const shuffled = [...state.flash.waiting].toSorted(([a], [b]) => (a[1]! < b[1]! ? 1 : -1))
      const { next } = plan(
        after(
          { ...state, flash: { ...state.flash, waiting: new Map(shuffled) } },
          ...flashed({ content: text("m", count) }),
        ),
        // Some are written in the same second.
        {
          outcome: redirect,
          now: NOW + Math.floor(count / 5),
          newDeliveryId: () => `${count}-${count % 3}`,
          lifetimes: { ...lifetimes, flashSeconds: 60 },
        },
      )
      state = next
    }
    const texts = [...state.flash.waiting.values()].flatMap(({ messages }) =>
      messages.map(([, value]) => value),
    )
    expect(texts).toEqual([6, 7, 8, 9, 10, 11, 12, 13])
  })

  it("sends what there is room for: of more messages at once the first ones are dropped, and told of", () => {
    const flashes = Array.from({ length: 12 }, (_, n): WrittenFlash => ({
      content: text(`${n}`),
      to: `/${n}`,
    }))
    const { next, sent, expired } = plan(after(stored(), ...flashed(...flashes)))
    expect([...sent.keys()]).toEqual([...next.flash.waiting.keys()])
    expect([...sent.values()].map(({ to }) => to)).toEqual(["/4", "/5", "/6", "/7", "/8", "/9", "/10", "/11"])
    expect([...expired.values()].map(({ to }) => to)).toEqual(["/0", "/1", "/2", "/3"])
  })

  it("keeps what waits beside what is sent now", () => {
    const { next } = plan(after(changed, ...flashed({ content: text("b") })), {
      undelivered,
      outcome: redirect,
    })
    expect([...next.flash.waiting.keys()]).toEqual(["waits", "new1"])
  })

  it("lets a flash live until just before its expiry", () => {
    const state = stored({}, { waiting: new Map([["d", addressed("/a", NOW)]]) })
    expect(plan(state, { now: NOW - 1, touchIsDue: true }).next.flash.waiting.size).toBe(1)
    expect(plan(state, { now: NOW, touchIsDue: true }).next.flash.waiting.size).toBe(0)
  })

  it("ignores tokens for flash the session does not hold", () => {
    const { kind, expired } = plan(stored(), { undelivered: new Set(["forged"]) })
    expect({ kind, expired: expired.size }).toEqual({ kind: "nothing", expired: 0 })
  })

  it("holds on to a session that holds nothing but a waiting flash when its id changes", () => {
    const state = after(
      stored({ data: new Map(), storedData: new Map() }, { waiting: new Map([["d", addressed("/a")]]) }),
      {
        type: "regenerate",
        newId: "n",
      },
    )
    expect(plan(state).kind).toBe("migrate")
    expect(plan(state, { undelivered: new Set() }).kind).toBe("destroy")
  })
})

describe("planCommit: one after another", () => {
  it("does not write or send again what the first one did", () => {
    const first = plan(after(fresh, { type: "put", key: "a", value: 1 }, ...flashed({ content: text("n") })))
    expect(first.kind).toBe("write")
    expect(first.next).toMatchObject({ storedId: "new-id", flash: { written: [] }, invalidated: false })
    const second = plan(first.next)
    expect({ kind: second.kind, sent: second.sent.size }).toEqual({ kind: "nothing", sent: 0 })
  })

  it("writes what only the second one changed, and keeps the first one's flash", () => {
    const first = plan(after(fresh, ...flashed({ content: text("n") })), { outcome: redirect })
    const second = plan(after(first.next, { type: "put", key: "b", value: 2 }))
    expect(second.kind).toBe("write")
    expect([...second.next.flash.waiting.keys()]).toEqual(["new1"])
  })

  it("migrates once", () => {
    const first = plan(after(stored(), { type: "regenerate", newId: "n" }))
    expect(first.next).toMatchObject({ id: "n", storedId: "n" })
    expect(plan(first.next).kind).toBe("nothing")
  })

  it("writes anew after a destroy", () => {
    const first = plan(after(stored(), { type: "invalidate", newId: "n", now: NOW }))
    expect(first.next.storedId).toBeUndefined()
    expect(plan(first.next).kind).toBe("nothing")
    expect(plan(after(first.next, { type: "put", key: "a", value: 1 })).kind).toBe("write")
  })

  it("keeps what the first one's response shows readable in the second", () => {
    const first = plan(after(stored(), ...flashed({ content: text("n") })), { outcome: render })
    expect([...plan(first.next).next.flash.arrived.values()]).toEqual([text("n")])
  })

  it("changes nothing of the state it was given", () => {
    const state = after(stored({}, { waiting: new Map([["d", addressed("/a", 1)]]) }), {
      type: "put",
      key: "a",
      value: 1,
    })
    const before = structuredClone(state)
    plan(state, { outcome: redirect })
    expect(state).toEqual(before)
  })
})
