import { describe, expect, it } from "vitest"
import { memoryStore } from "../stores/memory-store.ts"
import { resolveConfig, type SetupOptions } from "./config.ts"

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

  it.each([
    ["the function that makes one", memoryStore],
    [
      "its callbacks",
      { load() {}, save() {}, destroy() {}, gc() {}, cookieValue() {}, take() {}, commit() {} },
    ],
    ["nothing of the kind", null],
  ])("refuses a store that is %s", (_, store) => {
    const options = { store } as unknown as SetupOptions
    expect(() => resolveConfig(options)).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
  })

  it("refuses a secret field that no name of a field could be", () => {
    expect(() => resolveConfig({ secretFields: ["ssn", "🍪"] })).toThrow(
      expect.objectContaining({
        code: "SESSION_OPTIONS_INVALID",
        message: expect.stringContaining('"🍪"'),
      }),
    )
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
    "refuses a %s that is no whole number of seconds, or more than a cookie can say",
    (name) => {
      for (const seconds of [0, -1, 0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e10, "60"]) {
        const resolve = () => resolveConfig({ [name]: seconds })
        expect(resolve).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
        expect(resolve).toThrow(name)
      }
    },
  )

  it.each(["idleSeconds", "absoluteSeconds", "flashSeconds"])("takes a %s of a hundred years", (name) => {
    const seconds = 100 * 365 * 24 * 60 * 60
    expect(resolveConfig({ [name]: seconds }).lifetimes).toMatchObject({ [name]: seconds })
  })

  it("knows prerendered pages by their path, or by what they are below", () => {
    const { isPrerendered } = resolveConfig({ prerenderedPaths: ["/", "/about/", "/docs/*"] })
    expect(["/", "/about", "/docs/a", "/docs/a/b"].map(isPrerendered)).toEqual([true, true, true, true])
    expect(["/abou", "/about/us", "/docs", "/docsy"].map(isPrerendered)).toEqual([false, false, false, false])
    expect(resolveConfig({}).isPrerendered("/")).toBe(false)
    expect(resolveConfig({ prerenderedPaths: ["/*"] }).isPrerendered("/any/page")).toBe(true)
  })

  it.each(["about", "https://evil.example/", "//evil.example", ""])(
    "refuses %j as a prerendered path",
    (path) => {
      expect(() => resolveConfig({ prerenderedPaths: [path] })).toThrow(
        expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }),
      )
    },
  )
})
