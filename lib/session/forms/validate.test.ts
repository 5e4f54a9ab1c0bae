import { describe, expect, expectTypeOf, it } from "vitest"
import { z } from "zod"
import { BackSignal } from "../next/signals.ts"
import { validateInput } from "./validate.ts"

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

  it.each([
    [undefined, "/"],
    ["/sign-in?x=1", "/sign-in?x=1"],
    ["//evil.example", "/"],
    ["https://evil.example", "/"],
  ])("goes to the fallback %s as %s", async (fallback, expected) => {
    const signal = await signalOf(validateInput(z.object({ a: z.string() }), form({}), { fallback }))
    expect(signal.fallback).toBe(expected)
  })
})
