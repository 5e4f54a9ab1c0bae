import { describe, expect, it } from "vitest"
import { BackSignal } from "./back-signal"
import { sendBack, type BackOptions } from "./back"

function signalOf(options: BackOptions): BackSignal {
  try {
    sendBack(options)
  } catch (signal) {
    expect(signal).toBeInstanceOf(BackSignal)
    return signal as BackSignal
  }
}

describe("sendBack", () => {
  it("only returns to the page when there is nothing to say", () => {
    expect(signalOf({})).toMatchObject({ fallback: "/", feedback: undefined })
    expect(signalOf({ fallback: "/cart" })).toMatchObject({ fallback: "/cart", feedback: undefined })
  })

  it("takes one message or several per field, and some for the form as a whole", () => {
    const { feedback } = signalOf({
      errors: { email: "taken", name: ["too short", "too plain"], "": "try later" },
    })
    expect(feedback?.errors).toEqual([
      ["email", ["taken"]],
      ["name", ["too short", "too plain"]],
      ["", ["try later"]],
    ])
  })

  it("gives back what was typed, but no secrets", () => {
    const input = new FormData()
    input.append("email", "a@b")
    input.append("password", "hunter2")
    input.append("nickname", "zed")
    const { feedback } = signalOf({ input, secretFields: ["nickname"] })
    expect(feedback).toMatchObject({ old: [["email", ["a@b"]]], errors: [] })
  })

  it("never leaves the site", () => {
    expect(signalOf({ fallback: "//evil.example" }).fallback).toBe("/")
  })
})
