import { describe, expect, it } from "vitest"
import { resolveConfig } from "./config.ts"

describe("resolveConfig", () => {
  it("needs no option, and no secret yet", () => {
    const config = resolveConfig({})
    expect(config).toMatchObject({
      cookieName: "session",
      lifetimes: { idleSeconds: 1_209_600, absoluteSeconds: 7_776_000, flashSeconds: 300 },
      secretFields: [],
    })
    expect(Math.abs(config.now() - Date.now() / 1000)).toBeLessThan(2)
  })

  it("tells the time in whole seconds", () => {
    expect(resolveConfig({ now: () => 1_999 }).now()).toBe(1)
  })

  it.each(["", "my session", "a;b", "a=b", "sid\n", "🍪", "__Host-session;"])(
    "refuses the cookie name %j",
    (cookieName) => {
      expect(() => resolveConfig({ cookieName })).toThrow(
        expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }),
      )
    },
  )

  it.each(["idleSeconds", "absoluteSeconds", "flashSeconds"])(
    "refuses a %s that is no positive number",
    (name) => {
      for (const seconds of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "60"]) {
        const resolve = () => resolveConfig({ [name]: seconds })
        expect(resolve).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
        expect(resolve).toThrow(name)
      }
    },
  )
})
