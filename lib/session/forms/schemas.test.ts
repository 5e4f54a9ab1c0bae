import { type as ark } from "arktype"
import * as v from "valibot"
import { describe, expect, it } from "vitest"
import { z } from "zod"
import type { BackSignal } from "./back-signal"
import { validateInput } from "./validate"

/** The same form in three validators: any Standard Schema will do. */
const schemas = {
  Zod: z.object({
    email: z.email(),
    address: z.object({ city: z.string().min(1) }),
    tags: z.array(z.string().min(2)),
    age: z.coerce.number(),
  }),
  Valibot: v.object({
    email: v.pipe(v.string(), v.email()),
    address: v.object({ city: v.pipe(v.string(), v.minLength(1)) }),
    tags: v.array(v.pipe(v.string(), v.minLength(2))),
    age: v.pipe(v.string(), v.transform(Number)),
  }),
  ArkType: ark({
    email: "string.email",
    address: { city: "string > 0" },
    tags: "(string >= 2)[]",
    age: "string.numeric.parse",
  }),
}

function form(fields: [string, string | File][]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

/** A list that must not be empty, a file and a text that may be missing. */
const optional = {
  Zod: z.object({
    topics: z.array(z.string()).min(1, "Choose one"),
    picture: z.file().mime("image/png").optional(),
    email: z.email().optional(),
  }),
  Valibot: v.object({
    topics: v.pipe(v.array(v.string()), v.minLength(1, "Choose one")),
    picture: v.optional(v.pipe(v.file(), v.mimeType(["image/png"]))),
    email: v.optional(v.pipe(v.string(), v.email())),
  }),
  ArkType: ark({
    topics: ark("string[] >= 1").configure({ message: "Choose one" }),
    "picture?": "File",
    "email?": "string.email",
  }),
}

describe.each(Object.entries(optional))("HTML's nothing, to %s", (_, schema) => {
  const nothing: [string, string | File][] = [
    ["_list", "topics[]"],
    ["picture", new File([], "")],
    ["email", ""],
  ]
  const sent = (fields: [string, string | File][]) =>
    validateInput(schema, form(fields), { blank: "undefined" }).then(
      (value): unknown => value,
      ({ feedback }: BackSignal) => feedback?.errors,
    )

  it("is an empty list, and no file and no text", async () => {
    expect(await sent(nothing)).toEqual([["topics", ["Choose one"]]])
    expect(await sent([...nothing, ["topics[]", "news"]])).toEqual({ topics: ["news"] })
  })

  it("is no list at all where the form does not say that it has one", async () => {
    const errors = (await sent(nothing.slice(1))) as [string, string[]][]
    expect(errors.map(([field]) => field)).toEqual(["topics"])
  })
})

describe.each(Object.entries(schemas))("validate with %s", (_, schema) => {
  it("returns the schema's output", async () => {
    const input = form([
      ["email", "ada@example.com"],
      ["address.city", "London"],
      ["tags[]", "aa"],
      ["age", "36"],
    ])
    expect(await validateInput(schema, input, {})).toEqual({
      email: "ada@example.com",
      address: { city: "London" },
      tags: ["aa"],
      age: 36,
    })
  })

  it("names the wrong fields as the form does, and gives back what was typed", async () => {
    const input = form([
      ["email", "ada"],
      ["address.city", ""],
      ["tags[]", "aa"],
      ["tags[]", "b"],
      ["age", "36"],
    ])
    const signal = await validateInput(schema, input, {}).then(
      () => undefined,
      (thrown: BackSignal) => thrown,
    )
    expect(signal?.feedback?.errors.map(([field]) => field).toSorted()).toEqual([
      "address.city",
      "email",
      "tags[1]",
    ])
    expect(signal?.feedback?.errors.every(([, messages]) => messages.every((text) => text.length > 3))).toBe(
      true,
    )
    expect(signal?.feedback?.old).toContainEqual(["tags[]", ["aa", "b"]])
  })
})
