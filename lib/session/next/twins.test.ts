import { afterEach, describe, expect, it, vi } from "vitest"
import { memoryStore } from "../stores/memory-store.ts"
import { setup } from "./setup.ts"

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
})
