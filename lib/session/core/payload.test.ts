import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryObject } from "../test-support/arbitrary"
import { decodePayload, encodePayload, fromPayloadObject, toPayloadObject } from "./payload"

const nothing = { data: {}, flash: {} }

describe("encodePayload and decodePayload", () => {
  it("round trip any data and flash, hostile keys included", () => {
    fc.assert(
      fc.property(arbitraryObject, arbitraryObject, (data, flash) => {
        const decoded = decodePayload(encodePayload(data, flash))
        expect(JSON.stringify(decoded)).toBe(JSON.stringify({ data, flash }))
        expect(Object.keys(decoded.data)).toEqual(Object.keys(data))
      }),
      { numRuns: 2000 },
    )
  })

  it("write exactly the keys _data and _flash, whatever the content is called", () => {
    fc.assert(
      fc.property(arbitraryObject, arbitraryObject, (data, flash) => {
        expect(Object.keys(JSON.parse(encodePayload(data, flash)))).toEqual(["_data", "_flash"])
      }),
      { numRuns: 1000 },
    )
  })

  it("let neither shadow the other", () => {
    const data = { _flash: { notice: "from data" }, _data: 1 }
    const flash = { _data: { admin: true } }
    expect(decodePayload(encodePayload(data, flash))).toEqual({ data, flash })
  })
})

describe("decodePayload", () => {
  it("answers two maps for any text, without throwing", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      arbitraryObject.map((object) => JSON.stringify(object)),
    )
    fc.assert(
      fc.property(text, (json) => {
        const { data, flash } = decodePayload(json)
        for (const map of [data, flash]) expect(Object.prototype.toString.call(map)).toBe("[object Object]")
      }),
      { numRuns: 5000 },
    )
  })

  it("answers empty maps for a payload truncated anywhere", () => {
    const json = encodePayload({ a: 1, b: [1, 2] }, { c: "d" })
    for (let length = 0; length < json.length; length += 1) {
      expect(decodePayload(json.slice(0, length))).toEqual(nothing)
    }
  })

  it.each([
    "",
    "null",
    "[]",
    "1",
    '"text"',
    "true",
    "{}",
    "[".repeat(10_000),
    '{"data":{"a":1},"flash":{"b":2}}',
    '{"_data":[1],"_flash":"x"}',
    '{"_data":null,"_flash":0}',
    '{"__proto__":{"_data":{"a":1},"_flash":{"b":2}}}',
    '[{"_data":{"a":1}}]',
  ])("answers empty maps for the wrong shape %.40s", (json) => {
    expect(decodePayload(json)).toEqual(nothing)
  })

  it.each([
    ['{"_data":{"a":1}}', { data: { a: 1 }, flash: {} }],
    ['{"_flash":{"b":2}}', { data: {}, flash: { b: 2 } }],
    ['{"_data":{"a":1},"_flash":[]}', { data: { a: 1 }, flash: {} }],
    ['{"_data":7,"_flash":{"b":2},"other":1}', { data: {}, flash: { b: 2 } }],
  ])("loads the half that is there and the other empty: %s", (json, expected) => {
    expect(decodePayload(json)).toEqual(expected)
  })

  it("keeps hostile keys as plain data and pollutes nothing", () => {
    const { data, flash } = decodePayload(
      '{"_data":{"__proto__":{"admin":true}},"_flash":{"constructor":"c"}}',
    )
    expect(Object.keys(data)).toEqual(["__proto__"])
    expect((data as { admin?: boolean }).admin).toBeUndefined()
    expect(flash.constructor).toBe("c")
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it("survives 10,000 keys and a depth of 5,000", () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, n]))
    expect(Object.keys(decodePayload(encodePayload(many, {})).data)).toHaveLength(10_000)
    const deep = `{"_data":{"deep":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`
    expect(Object.keys(decodePayload(deep).data)).toEqual(["deep"])
  })
})

describe("fromPayloadObject", () => {
  it("reads what toPayloadObject made, without text in between", () => {
    expect(fromPayloadObject(toPayloadObject({ a: 1 }, { b: 2 }))).toEqual({
      data: { a: 1 },
      flash: { b: 2 },
    })
  })

  it("reads nothing that is merely inherited", () => {
    expect(fromPayloadObject(Object.create({ _data: { a: 1 }, _flash: { b: 2 } }))).toEqual(nothing)
  })

  it.each([undefined, null, [], "text", 1])("answers empty maps for %j", (value) => {
    expect(fromPayloadObject(value)).toEqual(nothing)
  })
})
