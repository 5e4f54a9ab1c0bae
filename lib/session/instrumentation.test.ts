import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createStore, openStore, type StoreCallbacks } from "./core/store"
import { register as registerDefault } from "./instrumentation"
import { setup } from "./next/setup"
import { cookieStore } from "./stores/cookie/cookie-store"
import { memoryStore } from "./stores/memory/memory-store"
import { redisStore } from "./stores/redis/redis-store"

const GOOD = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"
const names = ["SESSION_SECRET", "UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"]

beforeEach(() => {
  vi.stubEnv("NODE_ENV", "production")
  vi.stubEnv("NEXT_RUNTIME", "nodejs")
  for (const name of names) vi.stubEnv(name, "")
  // Each test is a server of its own.
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("next-session-kit.agreements")]
})
afterEach(() => {
  vi.restoreAllMocks()
})

const callbacks: StoreCallbacks = {
  load: () => undefined,
  save() {},
  destroy() {},
  gc() {},
  cookieValue: (id) => id,
}

describe("the register that setup returns", () => {
  it.each([
    ["a store of one's own", () => createStore(callbacks)],
    ["Redis by another client", () => redisStore({ send: async () => null })],
    ["Redis by options", () => redisStore({ url: "https://db.example", token: "t" })],
    ["a secret given by hand", () => cookieStore({ secret: GOOD })],
    ["memory", () => memoryStore()],
  ])("asks nothing of the environment with %s", async (_, store) => {
    await expect(setup({ store: store() }).register()).resolves.toBeUndefined()
  })

  it.each([
    ["SESSION_SECRET_MISSING", {}],
    ["SESSION_SECRET_WEAK", { SESSION_SECRET: "hunter2-".repeat(5) }],
    ["SESSION_OPTIONS_INVALID", { UPSTASH_REDIS_REST_TOKEN: "hunter2" }],
  ])("stops a server that has nothing but the default store: %s", async (code, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const started = setup().register()
    await expect(started).rejects.toMatchObject({ name: "SessionError", code })
    await expect(started).rejects.not.toThrow("hunter2")
  })

  it.each([
    { SESSION_SECRET: GOOD },
    { UPSTASH_REDIS_REST_URL: "https://db.example", UPSTASH_REDIS_REST_TOKEN: "t" },
  ])("lets a server start that has what it needs: %j", async (env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    await expect(setup().register()).resolves.toBeUndefined()
  })

  it.each([
    ["a weak secret given by hand", () => cookieStore({ secret: "short" }), "SESSION_SECRET_WEAK"],
    ["half an address", () => redisStore({ url: "https://db.example" }), "SESSION_OPTIONS_INVALID"],
    [
      "what a store of one's own finds missing",
      () => createStore({ ...callbacks, prepare: () => Promise.reject(new Error("no DATABASE_URL")) }),
      "SESSION_STORE_UNAVAILABLE",
    ],
  ])("stops it for %s, whatever the environment says", async (_, store, code) => {
    vi.stubEnv("SESSION_SECRET", GOOD)
    await expect(setup({ store: store() }).register()).rejects.toMatchObject({ code })
  })

  it("makes a secret in development, and hands it to every bundle by the environment", async () => {
    vi.stubEnv("NODE_ENV", "development")
    delete process.env.SESSION_SECRET
    await setup().register()
    const made = process.env.SESSION_SECRET
    expect(made).toMatch(/^[\w+/]{43}=$/)
    delete process.env.SESSION_SECRET
    await setup().register()
    expect(process.env.SESSION_SECRET).toBe(made)
  })

  it("is not needed for that: in development the first session does it", async () => {
    vi.stubEnv("NODE_ENV", "development")
    delete process.env.SESSION_SECRET
    const meta = { createdAt: 0, expiresAt: Date.now() }
    await expect(openStore(cookieStore()).cookieValue("a".repeat(32), {}, {}, meta)).resolves.toMatch(/^Fe26/)
    expect(process.env.SESSION_SECRET).toMatch(/^[\w+/]{43}=$/)
  })
})

describe("the register that knows only the environment", () => {
  it.each([
    ["SESSION_SECRET_MISSING", {}],
    ["SESSION_SECRET_WEAK", { SESSION_SECRET: "hunter2-".repeat(5) }],
    ["SESSION_OPTIONS_INVALID", { UPSTASH_REDIS_REST_TOKEN: "hunter2" }],
  ])("warns and lets the server start, for the app may have another store: %s", async (code, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    await registerDefault()
    expect(warn.mock.calls).toEqual([[expect.stringContaining(code)]])
    expect(warn.mock.calls.join()).toContain("register() that setup() returns")
    expect(warn.mock.calls.join()).not.toContain("hunter2")
  })

  it("says nothing when nothing is missing, nor on the Edge runtime", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    vi.stubEnv("NEXT_RUNTIME", "edge")
    await registerDefault()
    vi.stubEnv("NEXT_RUNTIME", "nodejs")
    vi.stubEnv("SESSION_SECRET", GOOD)
    await registerDefault()
    expect(warn).not.toHaveBeenCalled()
  })
})

it("memoryStore refuses the Edge runtime, which has a memory of its own, and says what to do", () => {
  vi.stubEnv("NEXT_RUNTIME", "edge")
  expect(() => memoryStore()).toThrow(expect.objectContaining({ code: "SESSION_STORE_NOT_SHARED" }))
  expect(() => memoryStore()).toThrow("proxy.ts")
})
