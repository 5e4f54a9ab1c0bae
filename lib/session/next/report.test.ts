import { afterEach, describe, expect, it, vi } from "vitest"
import { explainEvent, type SessionEvent } from "../core/events"
import { SessionError } from "../core/errors"
import { randomSessionId } from "../core/random-id"
import { createStore, openStore } from "../core/store"
import { observedStore } from "./observed-store"
import { createReporter, warnInDevelopment } from "./report"

const events: SessionEvent[] = [
  { type: "session-unreadable", reason: "malformed" },
  { type: "session-unreadable", reason: "expired" },
  { type: "flash-expired", to: "/target", keys: ["success"] },
  { type: "old-input-trimmed", fields: ["text"] },
  { type: "form-too-large", limit: "fields" },
  { type: "store-slow", operation: "load", milliseconds: 700 },
  { type: "store-unavailable", operation: "load" },
  { type: "commit-conflict" },
  { type: "cross-site-refused", method: "POST" },
]

afterEach(() => {
  vi.restoreAllMocks()
})

describe("createReporter", () => {
  it.each(events)("passes $type on, and prints it once in development, with code and advice", (event) => {
    vi.stubEnv("NODE_ENV", "development")
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    const told: SessionEvent[] = []
    const report = createReporter((seen) => void told.push(seen))
    report(event)
    report(event)
    expect(told).toEqual([event, event])
    expect(warn.mock.calls).toEqual([[expect.stringContaining(`(${explainEvent(event).code}: `)]])
  })

  // A visitor names the fields and, with them, what a developer reads in the terminal.
  it("prints what a visitor named on one line, in short, and no more of it than a glance takes", () => {
    vi.stubEnv("NODE_ENV", "development")
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    const report = createReporter(() => {})
    const names = ["\u001b[2J\n[session] all is well", "\u202ex", "y".repeat(100_000)]
    report({ type: "old-input-trimmed", fields: [...names, ...Array.from({ length: 900 }, () => "more")] })
    report({ type: "flash-expired", to: `/a\r\n\u009b31m${"x".repeat(9000)}`, keys: names })
    report({ type: "cross-site-refused", method: `GET\n\u001b${"x".repeat(9000)}` })
    for (const [line] of warn.mock.calls) {
      expect(line).toMatch(/^[\x20-\x7e…]+$/)
      expect(String(line).length).toBeLessThan(1000)
    }
    expect(warn).toHaveBeenCalledTimes(3)
    expect(warn.mock.calls[0]?.[0]).toContain("and 898 more")
  })

  it("stops printing stories that never end", () => {
    vi.stubEnv("NODE_ENV", "development")
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    const report = createReporter(() => {})
    for (let n = 0; n < 2000; n += 1) {
      const letters = n.toString(26).replace(/\d/g, (digit) => String.fromCharCode(112 + Number(digit)))
      report({ type: "old-input-trimmed", fields: [`story-${letters}`] })
    }
    expect(warn.mock.calls.length).toBeGreaterThan(100)
    expect(warn.mock.calls.length).toBeLessThanOrEqual(500)
  })

  it("prints nothing in production", () => {
    vi.stubEnv("NODE_ENV", "production")
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    createReporter(() => {})({ type: "store-slow", operation: "save", milliseconds: 999 })
    warnInDevelopment("SESSION_NOT_COMMITTED", "only in development")
    expect(warn).not.toHaveBeenCalled()
  })

  it("survives a hook that rejects, later, and prints why", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {})
    const unhandled: unknown[] = []
    const listen = (reason: unknown) => void unhandled.push(reason)
    process.on("unhandledRejection", listen)
    createReporter(async () => {
      await Promise.resolve()
      throw new Error("from the hook")
    })({ type: "commit-conflict" })
    await new Promise((resolve) => setTimeout(resolve, 10))
    process.off("unhandledRejection", listen)
    expect(unhandled).toEqual([])
    expect(error.mock.calls).toEqual([[expect.objectContaining({ message: "from the hook" })]])
  })

  it("survives a hook that throws", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {})
    const report = createReporter(() => {
      throw new Error("from the hook")
    })
    expect(() => report({ type: "commit-conflict" })).not.toThrow()
    expect(error).toHaveBeenCalledOnce()
  })
})

describe("trace", () => {
  it.each([
    ["session", true],
    ["*", true],
    ["next,session", true],
    ["sessions", false],
    ["", false],
  ])("with DEBUG=%j prints: %s", async (debug, prints) => {
    vi.stubEnv("DEBUG", debug)
    vi.resetModules()
    const { trace } = await import("./report")
    const print = vi.spyOn(console, "debug").mockImplementation(() => {})
    trace("commit", () => ({ does: "write" }))
    expect(print.mock.calls).toEqual(prints ? [['[session] commit {"does":"write"}']] : [])
  })

  it("prints what a visitor named without what steers a terminal, and not without end", async () => {
    vi.stubEnv("DEBUG", "session")
    vi.resetModules()
    const { trace } = await import("./report")
    const print = vi.spyOn(console, "debug").mockImplementation(() => {})
    trace("form", () => ({ fields: ["\u009b31m\u202e", "x".repeat(100_000)] }))
    const [[line] = [""]] = print.mock.calls
    expect(line).toMatch(/^[\x20-\x7e…]+$/)
    expect(line.length).toBeLessThan(2200)
  })
})

describe("observedStore", () => {
  const backend = (load: () => undefined | Promise<undefined>) =>
    openStore(createStore({ load, save() {}, destroy() {}, gc() {}, cookieValue: (id) => id }))

  it("reports a failure once and passes it on", async () => {
    const told: SessionEvent[] = []
    const store = observedStore(
      backend(() => Promise.reject(new Error("down"))),
      (event) => void told.push(event),
    )
    await expect(store.take(randomSessionId(), [], () => {})).rejects.toBeInstanceOf(SessionError)
    expect(told).toEqual([{ type: "store-unavailable", operation: "load" }])
  })

  it("reports a collection that fails, which runs after the response, and is not told of it again", async () => {
    const told: SessionEvent[] = []
    const gc = () => Promise.reject(new Error("down"))
    const callbacks = { load: () => undefined, save() {}, destroy() {}, gc, cookieValue: (id: string) => id }
    await observedStore(openStore(createStore(callbacks)), (event) => void told.push(event)).gc()
    expect(told).toEqual([{ type: "store-unavailable", operation: "gc" }])
  })

  it("reports what takes longer than half a second, and nothing else", async () => {
    const told: SessionEvent[] = []
    const clock = vi.spyOn(performance, "now")
    const store = observedStore(
      backend(() => Promise.resolve(undefined)),
      (event) => void told.push(event),
    )
    clock.mockReturnValueOnce(0).mockReturnValueOnce(500)
    await store.take(randomSessionId(), [], () => {})
    expect(told).toEqual([])
    clock.mockReturnValueOnce(0).mockReturnValueOnce(501)
    await store.take(randomSessionId(), [], () => {})
    expect(told).toEqual([{ type: "store-slow", operation: "load", milliseconds: 501 }])
  })

  it("reports a store that keeps the whole process waiting", async () => {
    const told: SessionEvent[] = []
    const clock = vi.spyOn(performance, "now")
    const wait = () => void clock.mockReturnValue(900)
    const callbacks = { load: wait, save: wait, destroy: wait, gc: wait, cookieValue: (id: string) => id }
    const store = observedStore(openStore(createStore(callbacks)), (event) => void told.push(event))
    for (const run of [
      () => store.take(randomSessionId(), [], () => {}),
      () => store.destroy(randomSessionId()),
      () => store.gc(),
    ]) {
      clock.mockReturnValue(0)
      await run()
    }
    expect(told.map((event) => "operation" in event && event.operation)).toEqual(["load", "destroy", "gc"])
  })
})
