import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { MAX_FIELDS, MAX_NAME_CHARACTERS, MAX_TEXT_CHARACTERS } from "../core/limits"
import { formToObject } from "./form-data"
import { readForm } from "./read-form"
import { arbitraryText } from "../test-support/arbitrary"

function form(fields: Iterable<readonly [string, string | File]>): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

const many = (count: number, name: (n: number) => string) =>
  form(Array.from({ length: count }, (_, n) => [name(n), "x"] as const))

describe("readForm", () => {
  it("reads up to the limits and not beyond", () => {
    const whole = readForm(many(MAX_FIELDS, (n) => `field${n}`))
    expect([whole.fields.size, whole.pastLimit]).toEqual([MAX_FIELDS, undefined])
    const more = readForm(many(MAX_FIELDS + 1, (n) => `field${n}`))
    expect([more.fields.size, more.pastLimit]).toEqual([MAX_FIELDS, "fields"])
    // A file is a field as well, and so is each value of a repeated one.
    expect(readForm(many(MAX_FIELDS + 1, () => "same")).pastLimit).toBe("fields")
    const files = Array.from({ length: MAX_FIELDS + 1 }, (_, n) => [`f${n}`, new File(["x"], "x")] as const)
    expect(readForm(form(files)).pastLimit).toBe("fields")
  })

  it("leaves out a name that is too long, and takes the longest that is not", () => {
    const [name, tooLong] = ["n".repeat(MAX_NAME_CHARACTERS), "n".repeat(MAX_NAME_CHARACTERS + 1)]
    expect(readForm(form([[name, "x"]])).pastLimit).toBeUndefined()
    const { fields, pastLimit } = readForm(
      form([
        [tooLong, "x"],
        ["a", "y"],
      ]),
    )
    expect([[...fields.keys()], pastLimit]).toEqual([["a"], "name"])
    expect(readForm(form([["_list", tooLong]])).pastLimit).toBe("name")
  })

  it("leaves out text that is too long, all of its field, and keeps the rest", () => {
    const long = "x".repeat(MAX_TEXT_CHARACTERS - 10)
    const { fields, pastLimit } = readForm(
      form([
        ["a", long],
        ["tags[]", "12345"],
        ["tags[]", "123456"],
        ["b", "12345"],
      ]),
    )
    expect([[...fields.keys()], pastLimit]).toEqual([["a", "b"], "text"])
    expect(
      readForm(
        form([
          ["a", long],
          ["b", "1234567890"],
        ]),
      ).pastLimit,
    ).toBeUndefined()
  })

  // A thousand of twelve hundred ticked boxes would look like what the person chose.
  it("keeps no field of several values that may have gone on behind the last one read", () => {
    const rows = Array.from({ length: 1200 }, (_, n) => [
      ["ids[]", String(n)] as const,
      ["name", "x"] as const,
    ]).flat()
    const { fields, pastLimit } = readForm(form([["title", "t"], ...rows]))
    expect([[...fields.keys()], pastLimit]).toEqual([["title"], "fields"])
  })

  it("counts what React and the kit add, and gives none of it", () => {
    const own = Array.from({ length: MAX_FIELDS }, (_, n) => [`$ACTION_${n}:0`, "x".repeat(500)] as const)
    const { fields, pastLimit } = readForm(form([["_back", "/"], ...own]))
    expect([fields.size, pastLimit]).toEqual([0, "fields"])
  })

  it("takes every form: repeated, nested and long names, in any order", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ".",
      "[",
      "]",
      "[]",
      "[0]",
      "[999]",
      "[1000]",
      "$ACTION_",
      "_list",
      "__proto__",
      "length",
    )
    const name = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
      fc.tuple(piece, fc.integer({ min: 1, max: 300 })).map(([unit, times]) => unit.repeat(times)),
      arbitraryText(4),
    )
    const value = fc.oneof(
      arbitraryText(5),
      name,
      fc.constantFrom(new File([], ""), new File(["x"], "x.txt")),
    )
    const times = fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(1500) })
    const field = fc.oneof(
      { weight: 9, arbitrary: fc.tuple(name, value, times) },
      { weight: 1, arbitrary: fc.tuple(name, fc.constant("x".repeat(400_000)), fc.constant(3)) },
    )
    fc.assert(
      fc.property(fc.array(field, { maxLength: 8 }), (given) => {
        const sent = given.flatMap(([key, item, count]) =>
          Array.from({ length: count }, () => [key, item] as const),
        )
        const read = readForm(form(sent))
        const values = [...read.fields].flatMap(([key, items]) => items.map((item) => [key, item] as const))
        const characters = values.reduce(
          (sum, [, item]) => sum + (typeof item === "string" ? item.length : 0),
          0,
        )
        expect(values.length).toBeLessThanOrEqual(MAX_FIELDS)
        expect(characters).toBeLessThanOrEqual(MAX_TEXT_CHARACTERS)
        for (const [key] of values) expect(key.length).toBeLessThanOrEqual(MAX_NAME_CHARACTERS)
        if (sent.length > MAX_FIELDS) expect(read.pastLimit).toBeDefined()
        if (read.pastLimit === undefined) {
          const own = sent.filter(([key]) => !key.startsWith("$ACTION_") && !["_back", "_list"].includes(key))
          expect(values.length).toBe(own.length)
        }
        expect(places(formToObject(read))).toBeLessThanOrEqual(12 * MAX_FIELDS + 1000)
        expect(({} as { a?: unknown }).a).toBeUndefined()
      }),
      { numRuns: 150 },
    )
  })
})

/** How many places a schema may have to look at, empty ones included. */
function places(value: unknown): number {
  if (Array.isArray(value)) return Array.from(value, (item) => 1 + places(item)).reduce((a, b) => a + b, 0)
  if (typeof value !== "object" || value === null || value instanceof File) return 0
  return Object.values(value).reduce((sum: number, item) => sum + 1 + places(item), 0)
}
