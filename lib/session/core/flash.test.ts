import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryJson, arbitraryKey, arbitraryObject } from "../test-support/arbitrary"
import {
  deliveriesFromJson,
  deliveriesToJson,
  isEmptyFlash,
  mergeFlash,
  noFlash,
  numbered,
  oldestFirst,
  type Delivery,
} from "./flash"
import type { JsonObject } from "./json"

const strings = fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 })
const fields = fc.array(fc.tuple(arbitraryKey, strings), { maxLength: 3 })
const arbitraryDelivery: fc.Arbitrary<Delivery> = fc.record({
  messages: fc.array(fc.tuple(arbitraryKey, arbitraryJson), { maxLength: 3 }),
  forms: fc.array(fc.record({ bag: fc.string(), old: fields, errors: fields }), { maxLength: 2 }),
  to: fc.constantFrom("/a", "*"),
  expiresAt: fc.nat(),
})

describe("deliveriesToJson and deliveriesFromJson", () => {
  it("round trip any deliveries through JSON text", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(arbitraryKey, arbitraryDelivery), { maxLength: 4 }), (entries) => {
        const deliveries = new Map(entries)
        const text = JSON.stringify(deliveriesToJson(deliveries))
        const read = deliveriesFromJson(JSON.parse(text) as JsonObject)
        const sorted = (map: Map<string, Delivery>) =>
          [...map].map((entry) => JSON.stringify(entry)).toSorted()
        expect(sorted(read)).toEqual(
          sorted(JSON.parse(JSON.stringify([...deliveries])).reduce(collect, new Map())),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it("leave out whatever is no delivery, without throwing", () => {
    fc.assert(
      fc.property(arbitraryObject, (flash) => {
        expect(deliveriesFromJson(flash).size).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })

  const good = {
    to: "/",
    expiresAt: 1,
    messages: [["a", 1]],
    forms: [{ bag: "", old: [["f", ["x"]]], errors: [] }],
  }
  it.each<[string, JsonObject]>([
    ["no target", { ...good, to: 1 }],
    ["no expiry", { ...good, expiresAt: "1" }],
    ["messages that are no list", { ...good, messages: {} }],
    ["a message that is no pair", { ...good, messages: [["a"]] }],
    ["a message whose key is no text", { ...good, messages: [[1, "a"]] }],
    ["forms that are no list", { ...good, forms: null }],
    ["a form without a bag", { ...good, forms: [{ old: [], errors: [] }] }],
    ["old input that is no text", { ...good, forms: [{ bag: "", old: [["f", [1]]], errors: [] }] }],
    ["errors that are no lists", { ...good, forms: [{ bag: "", old: [], errors: [["f", "x"]] }] }],
  ])("leave out one with %s and keep the others", (_, bad) => {
    expect([...deliveriesFromJson({ bad, good }).keys()]).toEqual(["good"])
  })
})

describe("mergeFlash", () => {
  it("keeps all messages in order", () => {
    const parts = [
      { ...noFlash, messages: [["a", 1]] as const },
      {
        ...noFlash,
        messages: [
          ["a", 1],
          ["b", 2],
        ] as const,
      },
    ]
    expect(mergeFlash(parts).messages).toEqual([
      ["a", 1],
      ["a", 1],
      ["b", 2],
    ])
  })

  it("of nothing is empty", () => {
    expect(isEmptyFlash(mergeFlash([]))).toBe(true)
  })
})

function collect(map: Map<string, Delivery>, [id, delivery]: [string, Delivery]): Map<string, Delivery> {
  return map.set(id, delivery)
}

describe("deliveries", () => {
  const at = (expiresAt: number, sequence?: number) => ({
    ...noFlash,
    to: "/",
    expiresAt,
    ...(sequence === undefined ? {} : { sequence }),
  })

  it("are numbered only beside others of the same second, so that most need no room for it", () => {
    expect(numbered(at(5), [at(4), at(6)])).toEqual(at(5))
    expect(numbered(at(5), [at(5)])).toEqual(at(5, 1))
    expect(numbered(at(5), [at(5, 3), at(4, 7), at(5)])).toEqual(at(5, 4))
  })

  it("are put into the order they were written in", () => {
    const written = [at(4, 7), at(5), at(5, 1), at(5, 2), at(6)].map((one, id) => [String(id), one] as const)
    for (const order of [written.toReversed(), written, [...written.slice(2), ...written.slice(0, 2)]]) {
      expect(oldestFirst(order)).toEqual(written)
    }
  })
})
