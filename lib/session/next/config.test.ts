import { describe, expect, it } from "vitest"
import { cookieStore } from "../stores/cookie/cookie-store"
import { redisStore } from "../stores/redis/redis-store"
import { memoryStore } from "../stores/memory/memory-store"
import { resolveConfig } from "./config"
import type { SetupOptions } from "./setup-options"

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

  it.each<[string, unknown, string]>([
    ["a misspelt name", { idleSecond: 60 }, 'no option "idleSecond"'],
    ["a name that steers a terminal", { "\u001b[2J": 1 }, 'no option "\\u{1b}[2J"'],
    ["a store in place of options", memoryStore(), "no option"],
    ["nothing at all", null, "an object of options"],
    ["a hook that is none", { onEvent: "x" }, "setup({ onEvent }) must be a function"],
    ["a clock that is none", { now: 5 }, "setup({ now }) must be a function"],
    ["a name that is no text", { cookieName: 123 }, "setup({ cookieName }) must be a string"],
    [
      "a host alone",
      { allowedOrigins: "pay.example" },
      "setup({ allowedOrigins }) must be a list of strings",
    ],
    ["a list of other things", { allowedOrigins: [/pay/] }, "setup({ allowedOrigins }) must be a list"],
    ["a path alone", { prerenderedPaths: "/about" }, "setup({ prerenderedPaths }) must be a list"],
    ["a field alone", { secretFields: "iban" }, "setup({ secretFields }) must be a list"],
    ["another field alone", { visibleFields: "iban" }, "setup({ visibleFields }) must be a list"],
    ["no lifetime", { idleSeconds: null }, "setup({ idleSeconds })"],
    [
      "an idle time that nobody could reach",
      { idleSeconds: 7_776_001 },
      "setup({ idleSeconds }) is longer than absoluteSeconds, 7776000 here",
    ],
  ])("refuses by name %s", (_, options, text) => {
    const resolve = () => resolveConfig(options as SetupOptions)
    expect(resolve).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
    expect(resolve).toThrow(text)
  })

  it.each([
    "https://pay.example",
    "pay.example/",
    "pay.example/path",
    "*",
    "pay example",
    "",
    "a..b",
    "münchen.example",
  ])("takes %j for no host, unless it is one", (host) => {
    const resolve = () => resolveConfig({ allowedOrigins: ["ok.example", host] })
    if (host === "*") return expect(resolve).not.toThrow()
    expect(resolve).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
    expect(resolve).toThrow("allowedOrigins")
  })

  it("takes hosts as a browser's Origin has them", () => {
    const hosts = [
      "pay.example",
      "*.Partner.example",
      "localhost:3000",
      "127.0.0.1",
      "[::1]:3000",
      "xn--a-1.b",
    ]
    expect(() => resolveConfig({ allowedOrigins: hosts })).not.toThrow()
  })

  it.each([
    ["redisStore", () => redisStore({ prefx: "a" } as object), "prefx"],
    ["redisStore", () => redisStore({ prefix: 5 } as object), "prefix"],
    ["redisStore", () => redisStore({ send: "x" } as object), "send"],
    ["cookieStore", () => cookieStore({ secrets: [] } as object), "secrets"],
    ["cookieStore", () => cookieStore({ secret: 5 } as object), "secret"],
    ["memoryStore", () => memoryStore({ entries: {} } as object), "entries"],
  ])("has a %s refuse its own options by name", (where, make, name) => {
    expect(make).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
    expect(make).toThrow(new RegExp(`${where}.*${name}`))
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
    const options = { absoluteSeconds: seconds, [name]: seconds }
    expect(resolveConfig(options).lifetimes).toMatchObject(options)
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
