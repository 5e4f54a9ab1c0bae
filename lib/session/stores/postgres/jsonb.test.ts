import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Json } from "../../core/json"
import { arbitraryJson, arbitraryText } from "../../test-support/arbitrary"
import { fromJsonbText, parseJsonb, toJsonb, toJsonbText } from "./jsonb"

const SUBSTITUTE = "\u001A"
/** JSON text as Postgres writes it: what is below a space is escaped. */
const written = (value: Json) => JSON.stringify(toJsonb(value))
const text = fc.oneof(
  arbitraryText(8),
  fc
    .array(fc.constantFrom("\0", SUBSTITUTE, "0000", "001a", "\ud83d", "\ude00", "a"), { maxLength: 6 })
    .map((all) => all.join("")),
)

describe("a value as jsonb can hold it", () => {
  it("is the value itself, for whatever SQL is to read", () => {
    for (const value of [
      "",
      "ada",
      "Grüße, 世界 🍪",
      'a\nb\t"\\u0000',
      0.1,
      true,
      null,
      [1, ["x"]],
      { id: 1, name: "Ada" },
    ]) {
      expect(toJsonb(value as Json)).toEqual(value)
    }
  })

  it("has neither the character 0 nor half of a pair in it, and comes back from what it is", () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryJson, text), (value) => {
        const there = written(value)
        expect(there).not.toMatch(/\\u0000|\\ud[89a-f]/i)
        expect(JSON.stringify(parseJsonb(there))).toBe(JSON.stringify(value))
      }),
    )
  })

  it("is told from every other one: no two texts become the same", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(toJsonbText(a) === toJsonbText(b)).toBe(a === b)
        expect(fromJsonbText(toJsonbText(a))).toBe(a)
        expect(toJsonbText(a)).not.toBe(SUBSTITUTE)
      }),
    )
  })

  it("names the order of keys that jsonb would change, and of no others", () => {
    expect(toJsonb({ name: "Ada", id: 1 })).toEqual({ name: "Ada", id: 1, [SUBSTITUTE]: ["name", "id"] })
    expect(toJsonb({ id: 1, name: "Ada" })).toEqual({ id: 1, name: "Ada" })
    // As long by their bytes, which are more than their characters.
    expect(toJsonb({ é: 1, zz: 2 })).toHaveProperty(SUBSTITUTE)
    expect(toJsonb({ abc: 1, é: 2 })).toHaveProperty(SUBSTITUTE)
    expect(toJsonb({ a: 1, é: 2, abc: 3 })).not.toHaveProperty(SUBSTITUTE)
  })

  it("outlives what other SQL does to it: a key more, a key less, an order that is none", () => {
    const read = (value: Json) => Object.keys(parseJsonb(JSON.stringify(value)) as object)
    expect(read({ b: 1, a: 1, c: 1, [SUBSTITUTE]: ["b", "gone", "a"] })).toEqual(["b", "a", "c"])
    expect(read({ b: 1, [SUBSTITUTE]: "nonsense" })).toEqual(["b"])
    expect(read({ b: 1, [SUBSTITUTE]: [1, SUBSTITUTE, "b"] })).toEqual(["b"])
  })
})
