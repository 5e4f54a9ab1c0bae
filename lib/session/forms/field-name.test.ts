import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fieldNameOf, parseFieldName, setField } from "./field-name"

describe("parseFieldName", () => {
  it.each([
    ["email", ["email"]],
    ["address.street", ["address", "street"]],
    ["items[0].name", ["items", 0, "name"]],
    ["items[999]", ["items", 999]],
    ["items[007]", ["items", 7]],
    ["matrix[1][2]", ["matrix", 1, 2]],
    ["first name", ["first name"]],
    ["naïve.ключ", ["naïve", "ключ"]],
    ["__proto__.x", ["__proto__", "x"]],
    ["0", ["0"]],
  ])("reads %s", (name, steps) => {
    expect(parseFieldName(name)).toEqual(steps)
  })

  it("reads [] as one more item", () => {
    expect(parseFieldName("tags[]")).toEqual(["tags", expect.any(Symbol)])
    expect(parseFieldName("a.tags[]")).toEqual(["a", "tags", expect.any(Symbol)])
  })

  it.each([
    "",
    ".",
    "a.",
    ".a",
    "a..b",
    "[0]",
    "[]",
    "a[",
    "a]",
    "a[b]",
    "a[-1]",
    "a[1.5]",
    "a[0]b",
    "a[1e3]",
  ])("refuses %s", (name) => {
    expect(parseFieldName(name)).toBeUndefined()
  })

  it("takes no time to refuse a long name", () => {
    const started = performance.now()
    for (const name of [`a${"[0".repeat(50_000)}`, `a${".b".repeat(50_000)}.`, "[".repeat(100_000)])
      parseFieldName(name)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe("fieldNameOf", () => {
  it("is the inverse of parseFieldName", () => {
    const property = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 5 })
      .filter((text) => !/[.[\]]/.test(text))
    const path = fc
      .tuple(property, fc.array(fc.oneof(property, fc.nat(999)), { maxLength: 11 }))
      .map(([first, rest]): (string | number)[] => [first, ...rest])
    fc.assert(
      fc.property(path, (steps) => {
        expect(parseFieldName(fieldNameOf(steps))).toEqual(steps)
      }),
      { numRuns: 1000 },
    )
  })

  it("is empty for the form as a whole", () => {
    expect(fieldNameOf([])).toBe("")
  })
})

describe("setField", () => {
  const build = (...fields: [string, unknown][]) => {
    const target: Record<string, unknown> = {}
    for (const [name, value] of fields) setField(target, name, value)
    return target
  }

  it("builds objects and lists", () => {
    expect(
      build(["items[0].name", "a"], ["items[0].qty", "1"], ["items[1].name", "b"], ["address.city", "x"]),
    ).toEqual({
      items: [{ name: "a", qty: "1" }, { name: "b" }],
      address: { city: "x" },
    })
  })

  it("appends for []", () => {
    expect(build(["tags[]", "a"], ["tags[]", "b"])).toEqual({ tags: ["a", "b"] })
  })

  it.each([
    "__proto__",
    "__proto__.admin",
    "constructor.prototype.admin",
    "a.__proto__.admin",
    "items[0].__proto__.admin",
  ])("takes %s as plain data and pollutes nothing", (name) => {
    const target = build([name, "yes"])
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype)
    expect(JSON.stringify(target)).toContain("yes")
    expect(({} as { admin?: string }).admin).toBeUndefined()
    expect(([] as { admin?: string }).admin).toBeUndefined()
  })

  it("keeps what is no such notation as a field of that name", () => {
    expect(build(["a[b]", "y"], ["", "z"])).toEqual({ "a[b]": "y", "": "z" })
  })

  it.each([
    "items[1000]",
    "items[1000000000]",
    "items[99999999999999999999999999]",
    `a${".b".repeat(12)}`,
    `a${"[0]".repeat(12)}`,
  ])("refuses %s and makes nothing of it", (name) => {
    const target = {}
    expect(setField(target, name, "x")).toBe(false)
    expect(target).toEqual({})
  })

  it("refuses lists that are mostly empty places, all lists of a value together", () => {
    const places = { left: 1000 }
    expect(setField({}, "rows[600]", "x", places)).toBe(true)
    expect(setField({}, "rows[600]", "x", places)).toBe(false)
    expect(setField({}, "rows[400]", "x", places)).toBe(true)
    expect(setField({}, "rows[0][1]", "x", places)).toBe(false)
  })

  it("makes the way to a value that is not there", () => {
    expect(
      build(["a.b", undefined], ["tags[]", undefined], ["items[0].name", undefined], ["c", undefined]),
    ).toStrictEqual({
      a: {},
      tags: [],
      items: [{}],
    })
  })

  it.each<[string, [string, unknown][], unknown]>([
    [
      "a property of a text",
      [
        ["a", "1"],
        ["a.b", "2"],
      ],
      { a: "1" },
    ],
    [
      "an item of a text",
      [
        ["a", "1"],
        ["a[0]", "2"],
      ],
      { a: "1" },
    ],
    [
      "a property of a list",
      [
        ["a[0]", "1"],
        ["a.b", "2"],
      ],
      { a: ["1"] },
    ],
    [
      "an item of an object",
      [
        ["a.b", "1"],
        ["a[0]", "2"],
      ],
      { a: { b: "1" } },
    ],
    [
      "the length of a list",
      [
        ["a[0]", "1"],
        ["a.length", "9"],
      ],
      { a: ["1"] },
    ],
    [
      "something below the length of a list",
      [
        ["a[0]", "1"],
        ["a.length.x", "9"],
      ],
      { a: ["1"] },
    ],
  ])("ignores %s", (_, fields, expected) => {
    expect(build(...fields)).toEqual(expected)
  })

  // The last step overwrites whatever shape is there; only the first clash of the two orders is ignored.
  it.each<[string, [string, unknown][], unknown]>([
    [
      "a text over an object",
      [
        ["a.b", "1"],
        ["a", "2"],
      ],
      { a: { b: "1" } },
    ],
    [
      "a text over a list",
      [
        ["a[]", "1"],
        ["a", "2"],
      ],
      { a: ["1"] },
    ],
  ])("ignores %s", (_, fields, expected) => {
    expect(build(...fields)).toEqual(expected)
  })

  it("throws for no name and no order of names", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ".",
      "[",
      "]",
      "[]",
      "[0]",
      "[1]",
      "length",
      "__proto__",
      "constructor",
    )
    const name = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""))
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), (names) => {
        build(...names.map((given): [string, unknown] => [given, "x"]))
        expect(({} as { a?: unknown; x?: unknown }).a).toBeUndefined()
        expect(Object.prototype.constructor).toBe(Object)
      }),
      { numRuns: 2000 },
    )
  })
})
