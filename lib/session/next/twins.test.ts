import { afterEach, describe, expect, it, vi } from "vitest"
import { createStore, openStore } from "../core/store"
import { cookieStore } from "../stores/cookie/cookie-store"
import { redisStore } from "../stores/redis/redis-store"
import { memoryStore } from "../stores/memory/memory-store"
import { setup } from "./setup"

type Options = NonNullable<Parameters<typeof setup>[0]>

const A = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"
const B = "p4XwQ8sLr2VtZ6yNk0GmJ3cHf9bDe7Ta"

const custom = () =>
  createStore({ load: () => undefined, save() {}, destroy() {}, gc() {}, cookieValue: (id) => id })

describe("two setup()s in one app", () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    delete (globalThis as Record<symbol, unknown>)[Symbol.for("next-session-kit.agreements")]
  })

  const second = (options: Parameters<typeof setup>[0]) => {
    vi.stubEnv("NODE_ENV", "production")
    setup({ flashSeconds: 60, prerenderedPaths: ["/about"], store: memoryStore() })
    return () => setup(options)
  }

  it("may be one module evaluated twice, as Next does for its bundles", () => {
    const same = { prerenderedPaths: ["/about"], store: memoryStore(), flashSeconds: 60 }
    expect(second(same)).not.toThrow()
  })

  it("may have a cookie each", () => {
    expect(second({ cookieName: "admin", flashSeconds: 30 })).not.toThrow()
  })

  it.each([
    ["another lifetime", { flashSeconds: 61, prerenderedPaths: ["/about"], store: memoryStore() }],
    ["other paths", { flashSeconds: 60, prerenderedPaths: ["/docs"], store: memoryStore() }],
    ["no store of its own", { flashSeconds: 60, prerenderedPaths: ["/about"] }],
  ])("are refused by name for one cookie and %s", (_, options) => {
    expect(second(options)).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
  })

  /** Two of them, in an app whose environment has the secret A and a database. */
  const both = (first: Options, other: Options) => () => {
    vi.stubEnv("NODE_ENV", "production")
    vi.stubEnv("SESSION_SECRET", A)
    vi.stubEnv("UPSTASH_REDIS_REST_URL", "")
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "")
    setup(first)
    setup(other)
  }

  it.each<[string, Options, Options]>([
    ["secrets", { store: cookieStore({ secret: A }) }, { store: cookieStore({ secret: B }) }],
    ["secrets, one the environment's", {}, { store: cookieStore({ secret: B }) }],
    ["lists of secrets", { store: cookieStore({ secret: [A] }) }, { store: cookieStore({ secret: [B, A] }) }],
    ["kinds of store", { store: memoryStore() }, { store: cookieStore() }],
    ["kinds of store, one the default", {}, { store: redisStore() }],
    ["kinds of store, one the app's own", { store: memoryStore() }, { store: custom() }],
    ["memories", { store: memoryStore() }, { store: memoryStore({ entries: new Map() }) }],
    ["prefixes", { store: redisStore({ prefix: "p1:" }) }, { store: redisStore({ prefix: "p2:" }) }],
    ["databases", { store: redisStore({ url: "https://a" }) }, { store: redisStore({ url: "https://b" }) }],
    ["clients", { store: redisStore({ send: () => Promise.resolve() }) }, { store: redisStore() }],
    ["hooks", {}, { onEvent() {} }],
    ["clocks", {}, { now: () => 0 }],
    ["hosts", {}, { allowedOrigins: ["pay.example"] }],
    ["fields", { secretFields: ["a"] }, { visibleFields: ["a"] }],
  ])("are refused for other %s, and no secret is told", (_, first, other) => {
    expect(both(first, other)).toThrow(
      expect.objectContaining({
        code: "SESSION_OPTIONS_INVALID",
        message: expect.not.stringMatching(new RegExp(`${A}|${B}`)),
      }),
    )
  })

  it.each<[string, Options, Options]>([
    ["the cookie's name", {}, { cookieName: "session" }],
    ["lifetimes", {}, { idleSeconds: 1_209_600, absoluteSeconds: 7_776_000, flashSeconds: 300 }],
    ["lists", {}, { secretFields: [], visibleFields: [], allowedOrigins: [], prerenderedPaths: [] }],
    ["the store", {}, { store: cookieStore() }],
    ["the clock", {}, { now: Date.now }],
    ["the prefix", { store: redisStore() }, { store: redisStore({ prefix: "session:" }) }],
    ["nothing", { idleSeconds: undefined } as object, {}],
  ])("may be one that spells a default out: %s", (_, first, other) => {
    expect(both(first, other)).not.toThrow()
  })

  it.each<[string, () => Options]>([
    ["lists in another order", () => ({ secretFields: ["a", "b"] })],
    ["a store of its own", () => ({ store: custom(), onEvent() {} })],
    ["a database of its own", () => ({ store: redisStore({ url: "https://a", token: "t" }) })],
  ])("may be one module evaluated twice: %s", (_, options) => {
    expect(
      both(options(), { ...options(), secretFields: options().secretFields?.toReversed() ?? [] }),
    ).not.toThrow()
  })

  it("may be one that passes the environment's secret by hand", () => {
    vi.stubEnv("SESSION_SECRET", A)
    const [first, other] = [{ store: cookieStore() }, { store: cookieStore({ secret: [A] }) }]
    expect(both(first, other)).not.toThrow()
  })

  it("are one in development, too, whether or not the secret is made yet", () => {
    vi.stubEnv("SESSION_SECRET", "")
    const before = openStore(cookieStore()).identity
    vi.stubEnv("SESSION_SECRET", A)
    expect(openStore(cookieStore()).identity).toBe(before)
  })
})
