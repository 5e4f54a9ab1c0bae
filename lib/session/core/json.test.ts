import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryJson } from "../test-support/arbitrary"
import { copyJson, isJsonObject, objectOf, sameJson, type Json } from "./json"

const cyclicObject: Record<string, unknown> = {}
cyclicObject.self = cyclicObject
const cyclicList: unknown[] = []
cyclicList.push(cyclicList)

function nested(levels: number): unknown {
  let value: unknown = "core"
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { in: value }
  return value
}

describe("objectOf", () => {
  it("makes what Object.fromEntries makes, hostile keys included", () => {
    const hostile = ["__proto__", "constructor", "toString", "", "1", "0"]
    const key = fc.oneof(fc.string(), fc.constantFrom(...hostile))
    fc.assert(
      fc.property(fc.array(fc.tuple(key, arbitraryJson)), (entries) => {
        const map = new Map(entries)
        const [made, expected] = [objectOf(map), Object.fromEntries(map)]
        expect(Object.getOwnPropertyDescriptors(made)).toEqual(Object.getOwnPropertyDescriptors(expected))
        expect(Object.keys(made)).toEqual(Object.keys(expected))
        expect(Object.getPrototypeOf(made)).toBe(Object.prototype)
      }),
    )
  })
})

describe("copyJson", () => {
  it("copies any JSON value exactly", () => {
    fc.assert(
      fc.property(arbitraryJson, (value) => {
        expect(JSON.stringify(copyJson(value, "x"))).toBe(JSON.stringify(value))
      }),
      { numRuns: 2000 },
    )
  })

  it("shares nothing with the original", () => {
    const original = { list: [{ n: 1 }] }
    const copy = copyJson(original, "x") as typeof original
    original.list[0]!.n = 2
    original.list.push({ n: 3 })
    expect(copy).toEqual({ list: [{ n: 1 }] })
  })

  it("keeps a key named __proto__ as data and pollutes nothing", () => {
    const copy = copyJson(JSON.parse('{"__proto__":{"admin":true}}'), "x") as { admin?: boolean }
    expect(Object.hasOwn(copy, "__proto__")).toBe(true)
    expect(copy.admin).toBeUndefined()
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it("accepts an object without a prototype", () => {
    expect(copyJson(Object.assign(Object.create(null), { a: 1 }), "x")).toEqual({ a: 1 })
  })

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["bigint", 1n],
    ["symbol", Symbol("s")],
    ["function", () => 1],
    ["Date", new Date(0)],
    ["Map", new Map()],
    ["Set", new Set()],
    ["RegExp", /x/],
    ["Error", new Error("x")],
    ["URL", new URL("http://x")],
    ["Uint8Array", new Uint8Array(1)],
    ["Promise", Promise.resolve()],
    ["String", Object("boxed")],
    [
      "Point",
      new (class Point {
        x = 1
      })(),
    ],
    ["cyclic", cyclicObject],
    ["cyclic", cyclicList],
    // oxlint-disable-next-line no-sparse-arrays
    ["undefined", [1, , 3]],
  ])("refuses %s, at the top and inside, and names the value", (found, value) => {
    const refusal = { name: "SessionError", code: "SESSION_VALUE_NOT_JSON" }
    expect(() => copyJson(value, 'put("cart")')).toThrow(expect.objectContaining(refusal))
    expect(() => copyJson(value, 'put("cart")')).toThrow('put("cart")')
    expect(() => copyJson(value, 'put("cart")')).toThrow(found)
    expect(() => copyJson({ items: [{ bad: value }] }, 'put("cart")')).toThrow(".items[0].bad")
  })

  it("says where the bad value is, and shortens a long place", () => {
    expect(() => copyJson({ a: [0, { b: undefined }] }, "x")).toThrow('at ".a[1].b"')
    const deep = { ["k".repeat(500)]: undefined }
    expect(() => copyJson(deep, "x")).toThrow(/at "\.k{79}"/)
  })

  it("never repeats the refused value", () => {
    const secret = new (class Secret {
      word = "marmalade"
    })()
    expect(() => copyJson(secret, "x")).toThrow(expect.not.stringContaining("marmalade"))
  })

  it("accepts 100 levels and refuses more, however much more", () => {
    expect(copyJson(nested(100), "x")).toEqual(nested(100))
    expect(() => copyJson(nested(101), "x")).toThrow("nested deeper than 100 levels")
    expect(() => copyJson(nested(100_000), "x")).toThrow("nested deeper than 100 levels")
  })
})

describe("sameJson", () => {
  it("holds for a copy and fails for a change", () => {
    fc.assert(
      fc.property(arbitraryJson, (value) => {
        expect(sameJson(value, JSON.parse(JSON.stringify(value)) as Json)).toBe(true)
        expect(sameJson(value, [value])).toBe(false)
        expect(sameJson(value, undefined)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it("tells the falsy values apart", () => {
    const falsy: Json[] = ["", 0, false, null, [], {}]
    for (const a of falsy) for (const b of falsy) expect(sameJson(a, b)).toBe(a === b)
  })
})

describe("isJsonObject", () => {
  it.each([null, undefined, [], "text", 1, true])("is false for %j", (value) => {
    expect(isJsonObject(value)).toBe(false)
  })

  it("is true for an object, empty or without a prototype", () => {
    expect(isJsonObject({})).toBe(true)
    expect(isJsonObject(Object.create(null))).toBe(true)
  })
})
