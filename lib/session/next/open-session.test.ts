import { describe, expect, it } from "vitest"
import { badCookieValues } from "../testing/bad-cookie-values"
import { createClock } from "../testing/clock"
import { createPerson, redirectTo } from "../test-support/person"
import { memoryStore, type MemoryEntry } from "../stores/memory/memory-store"
import { cookieStore } from "../stores/cookie/cookie-store"
import { createStore } from "../core/store"
import type { SessionEvent } from "../core/events"

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"

it("reads a session again from a store that gives the same object each time", async () => {
  const row = { id: "", createdAt: 0, data: {}, flash: {} }
  const store = createStore({
    load: () => (row.id === "" ? undefined : row),
    save: (id, data, flash, meta) => void Object.assign(row, { id, data, flash, createdAt: meta.createdAt }),
    destroy() {},
    gc() {},
    cookieValue: (id) => id,
  })
  const visitor = createPerson({ store })
  for (const n of [1, 2, 3]) {
    await visitor.act((session) => session.put("n", n))
    expect((await visitor.open("/")).get("n")).toBe(n)
  }
})

describe.each(["cookie", "memory"])("opening a session with the %s store", (kind) => {
  function start() {
    const clock = createClock()
    const events: SessionEvent[] = []
    const entries = new Map<string, MemoryEntry>()
    const store =
      kind === "cookie"
        ? cookieStore({ secret: SECRET, now: clock.now })
        : memoryStore({ now: clock.now, entries })
    const options = {
      store,
      now: clock.now,
      idleSeconds: 100,
      absoluteSeconds: 250,
      flashSeconds: 10,
      onEvent: (event: SessionEvent) => void events.push(event),
    }
    return {
      clock,
      events,
      options,
      visitor: createPerson(options),
      visit: (jar: Map<string, string>) => createPerson(options, jar),
    }
  }

  it.each(badCookieValues)("gives an anonymous session and one reason for %s", async (_, value) => {
    const { events, visit } = start()
    for (const cookie of [value, `abc.${value}`]) {
      events.length = 0
      const page = await visit(new Map([["session", cookie]])).open("/")
      expect([page.id, page.all()]).toEqual(["", {}])
      const reason = expect.stringMatching(/^(malformed|unsealed|expired|unknown)$/)
      // A busy machine has more to tell.
      const told = events.filter(({ type }) => type !== "store-slow")
      expect(told).toEqual([{ type: "session-unreadable", reason }])
    }
  })

  it("takes a fresh id for a planted one", async () => {
    const planted = "A".repeat(32)
    const { visit } = start()
    const visitor = visit(new Map([["session", `abc.${planted}`]]))
    await visitor.act((session) => {
      expect(session.id).not.toBe(planted)
      session.put("a", 1)
    })
    expect((await visitor.open("/")).id).not.toBe(planted)
    expect(visitor.jar.get("session")).not.toContain(planted)
  })

  it("asks the store nothing and reports nothing for a visitor without a cookie", async () => {
    const { events, visitor } = start()
    expect((await visitor.open("/")).all()).toEqual({})
    expect(events).toEqual([])
  })

  it("ends a session after the absolute lifetime however often it was used", async () => {
    const { clock, visitor } = start()
    await visitor.act((session) => session.put("n", 0))
    for (let used = 1; used <= 3; used += 1) {
      clock.advance(80)
      await visitor.act((session) => session.put("n", used))
    }
    clock.advance(9)
    expect((await visitor.open("/")).get("n")).toBe(3)
    clock.advance(1)
    expect((await visitor.open("/")).get("n")).toBeUndefined()
  })

  it("applies an absolute lifetime that was shortened since", async () => {
    const { clock, events, options, visitor } = start()
    await visitor.act((session) => session.put("n", 1))
    clock.advance(20)
    const page = await createPerson({ ...options, idleSeconds: 20, absoluteSeconds: 20 }, visitor.jar).open(
      "/",
    )
    expect(page.all()).toEqual({})
    expect(events).toEqual([{ type: "session-unreadable", reason: "expired" }])
  })

  it("does not show a flash that expired on its way", async () => {
    const { clock, visitor } = start()
    await visitor.act((session) => session.flash("notice", "x"), redirectTo("/a"))
    clock.advance(10)
    expect((await visitor.open("/a")).hasFlash("notice")).toBe(false)
  })

  it("shows nothing for a token without the session that holds the flash", async () => {
    const { visit, visitor } = start()
    await visitor.act((session) => session.flash("notice", "x"), redirectTo("/a"))
    const tokens = [...visitor.jar].filter(([name]) => name.startsWith("flash_"))
    expect(tokens).toHaveLength(1)
    expect((await visit(new Map(tokens)).open("/a")).hasFlash("notice")).toBe(false)
    expect((await visitor.open("/a")).getFlash("notice")).toBe("x")
  })
})

describe("a store that cannot answer", () => {
  it("is an error, never an anonymous session", async () => {
    const store = createStore({
      load: () => Promise.reject(new Error("connection refused")),
      save() {},
      destroy() {},
      gc() {},
      cookieValue: (id) => id,
    })
    const visitor = createPerson({ store }, new Map([["session", `abc.${"A".repeat(32)}`]]))
    await expect(visitor.open("/")).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
    await expect(visitor.act((session) => session.put("a", 1))).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
    })
    expect(visitor.jar.get("session")).toBe(`abc.${"A".repeat(32)}`)
  })
})
