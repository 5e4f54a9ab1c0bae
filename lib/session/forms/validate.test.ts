import { describe, expect, expectTypeOf, it } from "vitest"
import { z } from "zod"
import type { SessionEvent } from "../core/events"
import { jsonBytes } from "../core/json"
import { MAX_ERROR_BYTES, MAX_OLD_BYTES } from "../core/limits"
import { BackSignal } from "./back-signal"
import { sendBack } from "./back"
import { validateInput } from "./validate"

function form(fields: Record<string, string | string[] | Blob>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) data.append(name, item)
  }
  return data
}

async function signalOf(validation: Promise<unknown>): Promise<BackSignal> {
  const thrown: unknown = await validation.then(
    () => expect.unreachable("the input was accepted"),
    (error) => error,
  )
  expect(thrown).toBeInstanceOf(BackSignal)
  return thrown as BackSignal
}

const Person = z.object({
  email: z.email("Not an email").min(200, "Too short"),
  password: z.string().min(8, "Too short"),
  address: z.object({ street: z.string().min(1, "Needed") }),
  items: z.array(z.object({ name: z.string(), qty: z.coerce.number("Not a number").min(1, "Too few") })),
  tags: z.array(z.string()).max(1, "Too many"),
})

const wrong = form({
  email: "nobody",
  password: "hunter2",
  "address.street": "",
  "items[0].name": "a",
  "items[0].qty": "0",
  "items[1].name": "b",
  "items[1].qty": "x",
  "tags[]": ["p", "q"],
  avatar: new Blob(["x"]),
  $ACTION_KEY: "k",
})

const TOO_LARGE = "This form holds more than can be sent at once, so nothing of it was used. Send less."

describe("validateInput", () => {
  it("returns the schema's typed output", async () => {
    const schema = z.object({
      n: z.coerce.number(),
      tags: z.array(z.string()),
      a: z.object({ b: z.string() }),
    })
    const output = await validateInput(schema, form({ n: "42", "tags[]": "x", "a.b": "y" }), {})
    expectTypeOf(output).toEqualTypeOf<{ n: number; tags: string[]; a: { b: string } }>()
    expect(output).toEqual({ n: 42, tags: ["x"], a: { b: "y" } })
  })

  it("waits for a schema that needs time", async () => {
    const schema = z.object({ name: z.string().refine(async (name) => name !== "taken", "Taken") })
    expect(await validateInput(schema, form({ name: "free" }), {})).toEqual({ name: "free" })
    const { feedback } = await signalOf(validateInput(schema, form({ name: "taken" }), {}))
    expect(feedback?.errors).toEqual([["name", ["Taken"]]])
  })

  it("sends back every message of every field, under the name the field has in the form", async () => {
    const { feedback } = await signalOf(validateInput(Person, wrong, {}))
    expect(Object.fromEntries(feedback?.errors ?? [])).toEqual({
      email: ["Not an email", "Too short"],
      password: ["Too short"],
      "address.street": ["Needed"],
      "items[0].qty": ["Too few"],
      "items[1].qty": ["Not a number"],
      tags: ["Too many"],
    })
  })

  it("sends back what was typed, but no secret, no file and nothing of React's", async () => {
    const { feedback } = await signalOf(validateInput(Person, wrong, {}))
    expect(Object.fromEntries(feedback?.old ?? [])).toEqual({
      email: ["nobody"],
      "address.street": [""],
      "items[0].name": ["a"],
      "items[0].qty": ["0"],
      "items[1].name": ["b"],
      "items[1].qty": ["x"],
      "tags[]": ["p", "q"],
    })
    expect(JSON.stringify(feedback)).not.toContain("hunter2")
  })

  it("keeps back the fields the caller excepts", async () => {
    const { feedback } = await signalOf(validateInput(Person, wrong, { secretFields: ["email", "items"] }))
    expect((feedback?.old ?? []).map(([name]) => name)).toEqual(["address.street", "tags[]"])
  })

  it("tells which secret fields were sent, and gives back one the app allows", async () => {
    const { feedback } = await signalOf(validateInput(Person, wrong, {}))
    expect(feedback?.withheld).toEqual(["password"])
    const boarding = form({ boardingPass: "ABC", pincode: "110001" })
    const schema = z.object({ name: z.string() })
    const shown = await signalOf(validateInput(schema, boarding, { visibleFields: ["pincode"] }))
    expect(shown.feedback?.old).toEqual([
      ["boardingPass", ["ABC"]],
      ["pincode", ["110001"]],
    ])
    expect(shown.feedback?.withheld).toBeUndefined()
  })

  it("refuses a name it could not find in any form, whether the input is right or wrong", async () => {
    const options = { secretFields: ["🍪"] }
    const refusal = { code: "SESSION_OPTIONS_INVALID" }
    await expect(validateInput(z.any(), form({}), options)).rejects.toMatchObject(refusal)
    await expect(validateInput(Person, wrong, options)).rejects.toMatchObject(refusal)
    expect(() => sendBack(options)).toThrow(expect.objectContaining(refusal))
  })

  it("has a place for what is wrong with the form as a whole", async () => {
    const schema = z.object({ a: z.string(), b: z.string() }).refine(({ a, b }) => a === b, "They differ")
    const { feedback } = await signalOf(validateInput(schema, form({ a: "1", b: "2" }), {}))
    expect(feedback?.errors).toEqual([["", ["They differ"]]])
  })

  it("reports fields that were not sent", async () => {
    const { feedback } = await signalOf(validateInput(z.object({ name: z.string("Needed") }), form({}), {}))
    expect(feedback).toMatchObject({ old: [], errors: [["name", ["Needed"]]] })
  })

  it("validates a JSON body, and gives nothing of it back", async () => {
    const schema = z.object({ user: z.object({ age: z.number("Not a number") }) })
    expect(await validateInput(schema, { user: { age: 1 } }, {})).toEqual({ user: { age: 1 } })
    const { feedback } = await signalOf(validateInput(schema, { user: { age: "x" } }, {}))
    expect(feedback).toEqual({ bag: "", errors: [["user.age", ["Not a number"]]] })
  })

  it("takes any Standard Schema: issues with segment objects, without a path, and synchronous results", async () => {
    const issues = [
      { message: "A", path: [{ key: "items" }, { key: 0 }, "name"] },
      { message: "B" },
      { message: "C", path: [] },
    ]
    const schema = { "~standard": { version: 1 as const, vendor: "test", validate: () => ({ issues }) } }
    const { feedback } = await signalOf(validateInput(schema, form({}), {}))
    expect(feedback?.errors).toEqual([
      ["items[0].name", ["A"]],
      ["", ["B", "C"]],
    ])
  })

  it("lets a schema's own failure through: it is a bug, not a wrong input", async () => {
    const schema = z.object({}).refine(() => {
      throw new Error("the database is down")
    })
    await expect(validateInput(schema, form({}), {})).rejects.toThrow("the database is down")
  })

  it("takes a field left blank as text, or, when asked, as not there", async () => {
    const schema = z.object({
      email: z.email("Not an e-mail").optional(),
      name: z.string("Tell us your name"),
    })
    const blank = form({ email: "", name: "" })
    expect((await signalOf(validateInput(schema, blank, {}))).feedback?.errors).toEqual([
      ["email", ["Not an e-mail"]],
    ])
    const { feedback } = await signalOf(validateInput(schema, blank, { blank: "undefined" }))
    expect([feedback?.errors, feedback?.old]).toEqual([
      [["name", ["Tell us your name"]]],
      [
        ["email", [""]],
        ["name", [""]],
      ],
    ])
    expect(await validateInput(schema, form({ email: "", name: "Ada" }), { blank: "undefined" })).toEqual({
      name: "Ada",
    })
  })

  it("takes a file that was not chosen as not there", async () => {
    const schema = z.object({ picture: z.file().mime(["image/png"], "PNG only").optional() })
    const none = form({ picture: new File([], "") })
    expect(await validateInput(schema, none, {})).toEqual({})
    const text = form({ picture: new File(["x"], "x.txt", { type: "text/plain" }) })
    expect((await signalOf(validateInput(schema, text, {}))).feedback?.errors).toEqual([
      ["picture", ["PNG only"]],
    ])
  })

  const hostile: Record<string, [limit: string, fields: [string, string][], old: [string, string[]][]]> = {
    "20,000 equal names": ["fields", repeated(20_000, () => ["a", ""]), []],
    "20,000 distinct names": [
      "fields",
      repeated(20_000, (n) => [`f${n}`, ""]),
      repeated(1000, (n) => [`f${n}`, [""]]),
    ],
    "names of 40,000 digits": ["name", repeated(25, (n) => [`${n}${"1".repeat(40_000)}`, "x"]), []],
    "names of 40,000 steps": [
      "name",
      [
        ["title", "t"],
        [`a${".b".repeat(40_000)}`, "x"],
      ],
      [["title", ["t"]]],
    ],
    "an absurd index": [
      "nesting",
      [
        ["title", "t"],
        ["items[1000]", "x"],
      ],
      [
        ["title", ["t"]],
        ["items[1000]", ["x"]],
      ],
    ],
    "a million empty places": [
      "nesting",
      repeated(500, (n) => [`rows[${n}][999]`, "x"]),
      repeated(500, (n) => [`rows[${n}][999]`, ["x"]]),
    ],
    "2 MB of text": [
      "text",
      [
        ["title", "t"],
        ["text", "x".repeat(2_000_000)],
      ],
      [["title", ["t"]]],
    ],
  }

  it.each(Object.entries(hostile))(
    "sends %s back unread: nothing is asked, and little is kept",
    async (_, [limit, fields, old]) => {
      const events: SessionEvent[] = []
      const asked: unknown[] = []
      const schema = z.custom<unknown>((value) => asked.push(value) > 0)
      const input = new FormData()
      for (const [name, value] of fields) input.append(name, value)
      input.append("_back", "/page")
      const started = performance.now()
      const { feedback, formPage } = await signalOf(
        validateInput(schema, input, {}, (event) => events.push(event)),
      )
      expect(performance.now() - started).toBeLessThan(2000)
      expect([asked, feedback?.errors, formPage]).toEqual([[], [["", [TOO_LARGE]]], "/page"])
      expect(feedback?.old).toEqual(old)
      expect(feedback?.trimmed ?? false).toBe(limit !== "nesting")
      expect(events).toEqual([{ type: "form-too-large", limit }])
    },
  )

  it("says it in the app's words", async () => {
    const input = form({ "a[1000]": "x" })
    const { feedback } = await signalOf(validateInput(z.any(), input, { tooLargeMessage: "Zu viel" }))
    expect(feedback?.errors).toEqual([["", ["Zu viel"]]])
  })

  it("gives back 32 KB of what was typed, and tells what is missing", async () => {
    const events: SessionEvent[] = []
    for (const unit of ["x", '"', "🍪"]) {
      events.length = 0
      const input = form({ title: "t", story: unit.repeat(130_000), summary: "s" })
      const { feedback } = await signalOf(
        validateInput(z.object({ n: z.string() }), input, {}, (event) => events.push(event)),
      )
      expect([feedback?.old, feedback?.trimmed]).toEqual([
        [
          ["title", ["t"]],
          ["summary", ["s"]],
        ],
        true,
      ])
      expect(events).toEqual([{ type: "old-input-trimmed", fields: ["story"] }])
      expect(jsonBytes(feedback)).toBeLessThan(MAX_OLD_BYTES)
    }
  })

  it("keeps what fits of 20,000 issues", async () => {
    const issues = Array.from({ length: 20_000 }, (_, n) => ({
      message: `Wrong ${n}`,
      path: ["items", n % 5000],
    }))
    const schema = { "~standard": { version: 1 as const, vendor: "test", validate: () => ({ issues }) } }
    const { feedback } = await signalOf(validateInput(schema, form({}), {}))
    expect(feedback?.errors[0]).toEqual(["items[0]", ["Wrong 0"]])
    expect(feedback?.errors.length).toBeGreaterThan(400)
    expect(jsonBytes(feedback?.errors)).toBeLessThanOrEqual(MAX_ERROR_BYTES + 2)
  })

  it.each([
    [undefined, "/"],
    ["/sign-in?x=1", "/sign-in?x=1"],
    ["//evil.example", "/"],
    ["https://evil.example", "/"],
  ])("goes to the fallback %s as %s", async (fallback, expected) => {
    const signal = await signalOf(
      validateInput(z.object({ a: z.string() }), form({}), fallback === undefined ? {} : { fallback }),
    )
    expect(signal.fallback).toBe(expected)
  })
})

function repeated<Item>(count: number, item: (n: number) => Item): Item[] {
  return Array.from({ length: count }, (_, n) => item(n))
}
