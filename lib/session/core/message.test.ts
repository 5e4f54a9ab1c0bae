import { describe, expect, expectTypeOf, it } from "vitest"
import fc from "fast-check"
import type { Json } from "./json"
import { checkMessage, messageOf, type FlashMessage } from "./message"

const whole = {
  text: "Note deleted",
  description: "It was the last one.",
  action: { label: "Undo", post: "/api/notes/7/restore", fields: { version: "3" } },
  id: "note-7",
  seconds: 8,
}

describe("messageOf", () => {
  it.each([
    ["a text", "Saved", { text: "Saved" }],
    ["the empty text", "", { text: "" }],
    ["a text in an object", { text: "Saved" }, { text: "Saved" }],
    ["every part", whole, whole],
    [
      "a link",
      { text: "a", action: { label: "b", href: "/c" } },
      { text: "a", action: { label: "b", href: "/c" } },
    ],
  ] as [string, Json, unknown][])("is %s", (_name, value, expected) => {
    expect(messageOf(value)).toEqual(expected)
  })

  it.each([
    ["nothing", null],
    ["a number", 7],
    ["a list", ["text"]],
    ["an object without text", { description: "a" }],
    ["a text that is none", { text: 7 }],
    ["another key beside it", { text: "a", author: "b" }],
    ["an id that is a number, as of a row", { text: "a", id: 7 }],
    ["an action that is a text", { text: "a", action: "/b" }],
    ["an action without a label", { text: "a", action: { href: "/b" } }],
    ["an action of two kinds", { text: "a", action: { label: "b", href: "/c", post: "/c" } }],
    ["fields of a link", { text: "a", action: { label: "b", href: "/c", fields: {} } }],
    ["fields that are no texts", { text: "a", action: { label: "b", post: "/c", fields: { d: 1 } } }],
    ["a key named as what every object has", JSON.parse('{"text":"a","constructor":"b"}')],
  ] as [string, Json][])("is not %s: that is the application's own", (_name, value) => {
    expect(messageOf(value)).toBeUndefined()
    expect(() => checkMessage(value, "flash")).not.toThrow()
  })

  it("is the same for any JSON, looked at twice", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const message = messageOf(value as Json)
        if (message !== undefined) expect(typeof message.text).toBe("string")
      }),
    )
  })
})

describe("checkMessage", () => {
  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    " /notes",
    "notes",
    "",
  ])("refuses to lead to %j, by a link and by a form", (address) => {
    for (const action of [
      { label: "a", href: address },
      { label: "a", post: address },
    ]) {
      const check = () => checkMessage({ text: "a", action }, 'flash("success")')
      expect(check).toThrow(expect.objectContaining({ code: "SESSION_MESSAGE_INVALID" }))
      expect(check).toThrow(/flash\("success"\): action\.(href|post) must be a path of this app/)
    }
  })

  it.each([0, -1])("refuses %d seconds", (seconds) => {
    expect(() => checkMessage({ text: "a", seconds }, "flash")).toThrow(
      expect.objectContaining({ code: "SESSION_MESSAGE_INVALID" }),
    )
  })

  it("refuses a field that no server could render", () => {
    const fields = JSON.parse('{"__proto__": "a"}') as Record<string, string>
    const check = () => checkMessage({ text: "a", action: { label: "b", post: "/c", fields } }, "flash")
    expect(check).toThrow(expect.objectContaining({ code: "SESSION_MESSAGE_INVALID" }))
  })

  it("writes an address as browsers do, with query and fragment", () => {
    const value = { text: "a", action: { label: "b", href: "/a b/../c?d=é#e" } }
    checkMessage(value, "flash")
    expect(value.action.href).toBe("/c?d=%C3%A9#e")
  })
})

it("has a type that refuses a wrong shape", () => {
  expectTypeOf({ text: "a", action: { label: "b", href: "/c" } }).toExtend<FlashMessage>()
  expectTypeOf<{ text: string; action: { label: string } }>().not.toExtend<FlashMessage>()
  expectTypeOf<{ text: string; seconds: string }>().not.toExtend<FlashMessage>()
  expectTypeOf<{ description: string }>().not.toExtend<FlashMessage>()
})
