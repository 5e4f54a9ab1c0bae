import fc from "fast-check"
import { describe, expect, expectTypeOf, it } from "vitest"
import { arbitraryJson, arbitraryKey } from "../test-support/arbitrary"
import type { Delivery, FlashContent } from "./flash"
import type { Json } from "./json"
import type { FlashMessage } from "./message"
import { createActor } from "./actor"
import { emptySession } from "./empty-session"
import type { ReadonlySession, Session } from "./session"
import { newSessionState, noHeldFlash, type HeldFlash, type SessionState } from "./state"

const NOW = 1000

function start(flash: Partial<HeldFlash> = {}, given: Partial<SessionState> = {}) {
  return createActor(
    { ...newSessionState("id", NOW), ...given, flash: { ...noHeldFlash, ...flash } },
    () => NOW,
    () => {},
  )
}

const withMessages = (...messages: [string, Json][]) => {
  const content: FlashContent = { messages, forms: [] }
  return start({ arrived: new Map([["d", content]]) })
}

const withForms = (...forms: FlashContent["forms"]) =>
  start({ arrived: new Map([["d", { messages: [], forms }]]) })

const writes = [
  ["put", "a", 1],
  ["forget", "a"],
  ["pull", "a"],
  ["increment", "a"],
  ["flash", "a", "x"],
  ["now", "a", "x"],
  ["keep", "a"],
  ["regenerate"],
  ["invalidate"],
] as const

describe("the writable session", () => {
  it("agrees with a plain map, whatever is put, forgotten and pulled", () => {
    const step = fc.oneof(
      fc.tuple(fc.constant("put" as const), arbitraryKey, arbitraryJson),
      fc.tuple(fc.constant("forget" as const), arbitraryKey, fc.constant(null)),
      fc.tuple(fc.constant("pull" as const), arbitraryKey, fc.constant(null)),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { session } = start()
        const model = new Map<string, string>()
        for (const [verb, key, value] of steps) {
          if (verb === "put") {
            session.put(key, value)
            model.set(key, JSON.stringify(value))
          } else {
            const pulled = verb === "pull" ? session.pull(key) : (session.forget(key), undefined)
            if (verb === "pull") expect(JSON.stringify(pulled)).toBe(model.get(key))
            model.delete(key)
          }
          expect(session.has(key)).toBe(model.has(key))
          expect(JSON.stringify(session.get(key))).toBe(model.get(key))
        }
        const texts = Object.entries(session.all()).map(([key, value]) => [key, JSON.stringify(value)])
        expect(new Map(texts as [string, string][])).toEqual(model)
      }),
      { numRuns: 1000 },
    )
  })

  it("does not find what an object inherits", () => {
    const { session } = start()
    for (const key of ["__proto__", "constructor", "toString"]) {
      expect(session.get(key)).toBeUndefined()
      expect(session.has(key)).toBe(false)
      expect(session.getFlashOr(key)).toBeUndefined()
    }
  })

  it("shares nothing with the caller, on the way in and on the way out", () => {
    const { session } = start()
    const list = [1]
    session.put("list", list)
    list.push(2)
    ;(session.get("list") as number[]).push(3)
    ;(session.all().list as number[]).push(4)
    expect(session.get("list")).toEqual([1])
  })

  it("gives a snapshot that later writes do not show in", () => {
    const { session } = start()
    session.put("a", 1)
    const before = session.all()
    session.put("a", 2)
    session.put("b", 3)
    expect(before).toEqual({ a: 1 })
  })

  it("reads and removes with pull", () => {
    const { session } = start()
    session.put("a", 0)
    expect(session.pull("a")).toBe(0)
    expect(session.has("a")).toBe(false)
    expect(session.pull("a")).toBeUndefined()
  })

  it("counts with increment, from 0, by any amount, down as well", () => {
    const { session } = start()
    expect([session.increment("n"), session.increment("n", 5), session.increment("n", -0.5)]).toEqual([
      1, 6, 5.5,
    ])
    expect(session.get("n")).toBe(5.5)
  })

  it.each(["1", true, [], {}])("refuses to increment %j and leaves it alone", (value) => {
    const { session } = start()
    session.put("n", value)
    expect(() => session.increment("n")).toThrow(
      expect.objectContaining({ code: "SESSION_VALUE_NOT_NUMBER" }),
    )
    expect(() => session.increment("n")).toThrow('increment("n")')
    expect(session.get("n")).toEqual(value)
  })

  // `?? 0` takes a stored null for a missing value and overwrites it.
  it("refuses to increment null, which is a value", () => {
    const { session } = start()
    session.put("n", null)
    expect(() => session.increment("n")).toThrow(
      expect.objectContaining({ code: "SESSION_VALUE_NOT_NUMBER" }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses to increment by %d", (by) => {
    const { session } = start()
    expect(() => session.increment("n", by)).toThrow(
      expect.objectContaining({ code: "SESSION_VALUE_NOT_JSON" }),
    )
    expect(session.has("n")).toBe(false)
  })

  it.each([
    ["put", 'put("cart")'],
    ["flash", 'flash("cart")'],
    ["now", 'now("cart")'],
  ] as const)("names the key when %s is given what JSON cannot carry, and changes nothing", (verb, named) => {
    const { session, state } = start()
    const before = state()
    for (const bad of [undefined, new Date(0), Number.NaN, { deep: [1n] }, () => 1]) {
      const write = () => session[verb]("cart", bad as unknown as Json)
      expect(write).toThrow(expect.objectContaining({ name: "SessionError", code: "SESSION_VALUE_NOT_JSON" }))
      expect(write).toThrow(named)
    }
    expect(state()).toBe(before)
  })

  it.each(["//evil.example", "/\\evil", "https://evil.example", "javascript:alert(1)", "dashboard", "", "*"])(
    "refuses %j as the target of a flash",
    (to) => {
      const { session, state } = start()
      const flash = () => session.flash("notice", "x", { to })
      expect(flash).toThrow(expect.objectContaining({ code: "SESSION_FLASH_TARGET_INVALID" }))
      expect(state().flash.written).toEqual([])
    },
  )

  it("takes a target with query, hash and trailing slash as its path", () => {
    const { session, state } = start()
    session.flash("notice", "x", { to: "/cart/?a=1#top" })
    expect(state().flash.written[0]?.to).toBe("/cart")
  })

  it("keeps a flash value as it was when it was flashed", () => {
    const { session, state } = start()
    const value = { list: [1] }
    session.flash("notice", value)
    value.list.push(2)
    expect(state().flash.written[0]?.content.messages).toEqual([["notice", { list: [1] }]])
  })

  it("keeps all that arrived, or the keys it is given, twice-flashed ones twice", () => {
    const { session, state } = withMessages(["a", 1], ["b", 2], ["a", 3])
    session.keep("a")
    session.keep()
    session.keep("missing")
    expect(state().flash.written.map((flash) => flash.content.messages)).toEqual([
      [
        ["a", 1],
        ["a", 3],
      ],
      [
        ["a", 1],
        ["b", 2],
        ["a", 3],
      ],
    ])
  })

  it("takes a new id on regenerate and keeps everything else", () => {
    const { session } = withMessages(["a", 1])
    session.put("k", "v")
    const before = session.id
    session.regenerate()
    expect(session.id).not.toBe(before)
    expect(session.id).toMatch(/^[\w-]{36}$/)
    expect([session.get("k"), session.getFlash("a")]).toEqual(["v", 1])
  })

  it("reads empty after invalidate, arrived flash and feedback included", () => {
    const forms = [{ bag: "", old: [["f", ["x"]]], errors: [["f", ["bad"]]] }] as const
    const { session } = start(
      { arrived: new Map([["d", { messages: [["a", 1]], forms }]]) },
      { data: new Map([["k", 1]]) },
    )
    expect([session.has("k"), session.hasFlash("a"), session.old("f"), session.hasError()]).toEqual([
      true,
      true,
      "x",
      true,
    ])
    session.invalidate()
    expect(session.all()).toEqual({})
    expect([session.has("k"), session.hasFlash("a"), session.old("f"), session.hasError()]).toEqual([
      false,
      false,
      "",
      false,
    ])
    expect(session.oldAll("f")).toBeUndefined()
  })

  it("asks before each write and not before a read", () => {
    let asked = 0
    const { session } = createActor(
      newSessionState("id", NOW),
      () => NOW,
      () => void (asked += 1),
    )
    session.all()
    session.get("a")
    session.getFlash("a")
    session.errors()
    expect(asked).toBe(0)
    session.put("a", 1)
    session.flash("a", 1)
    session.regenerate()
    expect(asked).toBe(3)
  })

  it("changes nothing when writing is refused", () => {
    const { session, state } = createActor(
      newSessionState("id", NOW),
      () => NOW,
      () => {
        throw new Error("not here")
      },
    )
    const before = state()
    const call = session as unknown as Record<string, (...args: unknown[]) => unknown>
    for (const [name, ...args] of writes) expect(() => call[name]?.(...args)).toThrow("not here")
    expect(state()).toBe(before)
  })
})

describe("arrived flash", () => {
  it("reads the last of a key flashed twice, and tells missing from falsy", () => {
    const { session } = withMessages(["a", 1], ["a", 2], ["empty", ""], ["zero", 0], ["no", false])
    expect(["a", "empty", "zero", "no", "missing"].map((key) => session.getFlashOr(key))).toEqual([
      2,
      "",
      0,
      false,
      undefined,
    ])
    expect(["a", "empty", "zero", "no", "missing"].map((key) => session.getFlash(key))).toEqual([
      2,
      "",
      0,
      false,
      "",
    ])
    expect(["a", "empty", "zero", "no", "missing"].map((key) => session.hasFlash(key))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it("does not show what this request flashed", () => {
    const { session } = start()
    session.flash("a", "x")
    session.now("b", "x")
    expect([session.hasFlash("a"), session.hasFlash("b")]).toEqual([false, false])
  })

  // getFlash hands out the very value the state and the waiting delivery hold.
  it("cannot be changed through the value that was read", () => {
    const content: FlashContent = { messages: [["a", { list: [1] }]], forms: [] }
    const waiting = new Map<string, Delivery>([["d", { ...content, to: "/", expiresAt: NOW + 5 }]])
    const { session, state } = start({ arrived: new Map([["d", content]]), waiting })
    ;(session.getFlash("a") as { list: number[] }).list.push(2)
    expect(session.getFlash("a")).toEqual({ list: [1] })
    expect(state().flash.waiting.get("d")?.messages).toEqual([["a", { list: [1] }]])
  })

  // `?? ""` takes a null that was flashed for "none", while has and getFlashOr see it.
  it("gives back a flashed null as null", () => {
    expect(withMessages(["a", null]).session.getFlash("a")).toBeNull()
  })
})

describe("form feedback", () => {
  const feedback = {
    bag: "",
    old: [
      ["email", ["a@b"]],
      ["tags", ["x", "y"]],
      ["blank", [""]],
    ],
    errors: [
      ["email", ["taken", "too short"]],
      ["", ["try later"]],
    ],
  } as const

  it("reads fields, lists and the form as a whole", () => {
    const { session } = withForms(feedback)
    expect([session.old("email"), session.old("tags"), session.old("missing")]).toEqual(["a@b", "x", ""])
    expect([session.error("email"), session.error("missing"), session.error()]).toEqual([
      "taken",
      "",
      "try later",
    ])
    expect(session.errors("email")).toEqual(["taken", "too short"])
    expect(session.errors()).toEqual(["taken", "too short", "try later"])
    expect([session.hasError("email"), session.hasError("missing"), session.hasError()]).toEqual([
      true,
      false,
      true,
    ])
  })

  it("tells an unticked checkbox from a form that was not sent back", () => {
    expect(withForms(feedback).session.oldAll("tags")).toEqual(["x", "y"])
    expect(withForms(feedback).session.oldAll("unticked")).toEqual([])
    expect(start().session.oldAll("unticked")).toBeUndefined()
  })

  it("is not confused with an app's own flash of that name", () => {
    const { session } = withMessages(["errors.email", "x"], ["old.email", "x"], ["email", "x"])
    expect([session.error("email"), session.old("email"), session.hasError()]).toEqual(["", "", false])
  })

  it("cannot be changed through the lists that were read", () => {
    const { session } = withForms(feedback)
    session.errors("email").push("more")
    session.oldAll("tags")?.push("more")
    expect(session.errors("email")).toHaveLength(2)
    expect(session.oldAll("tags")).toHaveLength(2)
  })
})

describe("the read-only session", () => {
  it.each(writes)("refuses %s with a code, the verb and the way to write", (name, ...args) => {
    const { reader, state } = start()
    const before = state()
    const call = () => (reader as unknown as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args)
    expect(call).toThrow(expect.objectContaining({ name: "SessionError", code: "SESSION_READ_ONLY" }))
    expect(call).toThrow(`session.${name}(`)
    expect(call).toThrow("withSession(")
    expect(state()).toBe(before)
  })

  it("refuses every write the writable session has", () => {
    const { session, reader } = start()
    const readNames = [
      "id",
      "get",
      "has",
      "all",
      "getFlash",
      "getFlashOr",
      "hasFlash",
      "old",
      "oldAll",
      "error",
      "errors",
      "hasError",
      "form",
      "bag",
      "wasTrimmed",
      "wasWithheld",
      "feedbackId",
    ]
    const writeNames = Object.keys(session).filter((name) => !readNames.includes(name))
    expect(writeNames.toSorted()).toEqual(writes.map(([name]) => name as string).toSorted())
    expect(Object.keys(reader).toSorted()).toEqual(Object.keys(session).toSorted())
  })

  it("has no write in its type, and knows the app's keys and values (checked by tsc)", () => {
    type Data = { userId: string; count: number }
    type Reader = ReadonlySession<Data, { notice: string }>
    type WriteName = (typeof writes)[number][0]
    expectTypeOf<Extract<keyof Reader, WriteName>>().toEqualTypeOf<never>()
    expectTypeOf<Extract<keyof Session<Data, object>, WriteName>>().toEqualTypeOf<WriteName>()
    expectTypeOf<Parameters<Reader["has"]>[0]>().toEqualTypeOf<"userId" | "count">()
    const session = emptySession<Data, { notice: string }>()
    expectTypeOf(session.get("count")).toEqualTypeOf<number | undefined>()
    expectTypeOf(session.getFlash("notice")).toEqualTypeOf<string>()
    // @ts-expect-error a key the app does not have
    session.get("other")
    // @ts-expect-error a value of another type
    session.put("count", "1")
  })

  it("takes a message as it is to be, and no other shape (checked by tsc)", () => {
    const flashes = (session: Session<object, { success: FlashMessage; error: string }>) => {
      session.flash("success", "Saved")
      session.flash("success", {
        text: "Gone",
        action: { label: "Undo", post: "/undo", fields: { id: "7" } },
      })
      session.now("success", { text: "Ready", description: "Now.", id: "a", seconds: 8 })
      // @ts-expect-error an action that does nothing
      session.flash("success", { text: "Gone", action: { label: "Undo" } })
      // @ts-expect-error a part that a message does not have
      session.flash("success", { text: "Gone", title: "Note" })
      // @ts-expect-error no text
      session.flash("success", { description: "Note" })
      // @ts-expect-error a key that holds texts
      session.flash("error", { text: "Gone" })
    }
    expectTypeOf(flashes).toBeFunction()
  })

  it("sees what the writable one wrote", () => {
    const { session, reader } = start()
    session.put("a", 1)
    expect([reader.get("a"), reader.has("a"), reader.all()]).toEqual([1, true, { a: 1 }])
  })

  it("has no id before anything was stored, and the stored one afterwards", () => {
    expect(start().reader.id).toBe("")
    expect(start({}, { storedId: "id" }).reader.id).toBe("id")
  })
})

describe("emptySession", () => {
  it("reads nothing, ignores every write and throws for none", () => {
    const session = emptySession<Record<string, Json>, Record<string, Json>>()
    const call = session as unknown as Record<string, (...args: unknown[]) => unknown>
    for (const [name, ...args] of writes) call[name]?.(...args)
    session.put("bad", undefined as unknown as Json)
    session.flash("bad", "x", { to: "//evil.example" })
    expect(session.all()).toEqual({})
    expect([session.id, session.get("a"), session.has("a"), session.pull("a")]).toEqual([
      "",
      undefined,
      false,
      undefined,
    ])
    expect([session.getFlash("a"), session.getFlashOr("a"), session.hasFlash("a")]).toEqual([
      "",
      undefined,
      false,
    ])
    expect([
      session.old("a"),
      session.oldAll("a"),
      session.error("a"),
      session.errors(),
      session.hasError(),
    ]).toEqual(["", undefined, "", [], false])
  })

  it("has every verb of a real session", () => {
    expect(Object.keys(emptySession()).toSorted()).toEqual(Object.keys(start().session).toSorted())
  })
})
