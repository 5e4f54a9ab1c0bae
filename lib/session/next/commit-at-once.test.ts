import { describe, expect, it } from "vitest"
import { createPerson, redirectTo } from "../test-support/person"
import { createClock } from "../testing/clock"
import { memoryStore, type MemoryEntry } from "../stores/memory/memory-store"
import type { SessionEvent } from "../core/events"
import type { JsonObject } from "../core/json"
import type { Session } from "../core/session"

/** Requests of one person in flight at once, on a store that declares `take` and `commit`. */
function start() {
  const clock = createClock()
  const events: SessionEvent[] = []
  const store = memoryStore({ now: clock.now, entries: new Map<string, MemoryEntry>() })
  const options = { store, now: clock.now, onEvent: (event: SessionEvent) => void events.push(event) }
  const jar = new Map<string, string>()
  return {
    clock,
    events,
    jar,
    visitor: createPerson(options, jar),
    inFlight: () => createPerson(options, new Map(jar)),
  }
}

describe("requests of one person at once", () => {
  it("keep what each of them wrote, and count what each of them added", async () => {
    const { visitor, inFlight } = start()
    await visitor.act((session) => session.put("n", 1))
    const [first, second, third] = [inFlight(), inFlight(), inFlight()]
    // Each has loaded before any of them commits.
    await first.act(async (a) => {
      a.increment("n")
      await second.act(async (b) => {
        b.increment("n")
        await third.act((c) => (c.increment("n"), c.put("c", "c")))
        b.put("b", "b")
      })
      a.put("a", "a")
    })
    expect((await visitor.open("/")).all()).toEqual({ n: 4, a: "a", b: "b", c: "c" })
  })

  it("see the sum the store came to once they have committed", async () => {
    const { visitor, inFlight } = start()
    await visitor.act((session) => session.put("n", 1))
    const other = inFlight()
    let read = () => 0
    await visitor.act(async (session) => {
      session.increment("n")
      read = () => session.get("n") as number
      await other.act((theirs) => theirs.increment("n", 10))
    })
    expect(read()).toBe(12)
  })

  it("do not bring back a session that one of them ended", async () => {
    const { visitor, inFlight } = start()
    await visitor.act((session) => session.put("userId", "ada"))
    const late = inFlight()
    const write = late.act(async (session) => {
      session.put("late", 1)
      await visitor.act((theirs) => theirs.invalidate())
    })
    await expect(write).rejects.toMatchObject({ code: "SESSION_GONE" })
    expect((await late.open("/")).all()).toEqual({})
  })

  it("do not drop a message another one wrote, whose token they do not have yet", async () => {
    const { visitor, inFlight, jar } = start()
    await visitor.act((session) => session.put("a", 1))
    const before = inFlight()
    await visitor.act((session) => session.flash("success", "hello"), redirectTo("/target"))
    expect(jar.size).toBe(2)
    await before.act((session) => session.put("b", 2))
    expect((await visitor.open("/target")).getFlash("success")).toBe("hello")
  })

  it("show a message on one of the pages it is addressed to", async () => {
    const { visitor, inFlight } = start()
    await visitor.act((session) => session.flash("success", "hello"), redirectTo("/target"))
    const pages = await Promise.all(Array.from({ length: 10 }, () => inFlight().open("/target")))
    expect(pages.filter((page) => page.hasFlash("success"))).toHaveLength(1)
  })

  it("report a message nobody came for, once, and forget it", async () => {
    const { visitor, clock, events } = start()
    await visitor.act((session) => session.flash("success", "hello"), redirectTo("/target"))
    clock.advance(301)
    await visitor.act((session) => session.put("a", 1))
    await visitor.act((session) => session.put("a", 2))
    expect(events).toEqual([{ type: "flash-expired", to: "/target", keys: ["success"] }])
  })

  it("report it also when they only read, and read it no more", async () => {
    const { visitor, clock, events } = start()
    await visitor.act((session) => session.flash("success", "hello"), redirectTo("/target"))
    clock.advance(301)
    await visitor.open("/")
    await visitor.open("/")
    await visitor.act((session) => session.put("a", 1))
    expect(events).toEqual([{ type: "flash-expired", to: "/target", keys: ["success"] }])
  })

  it.each([
    ["and nothing else", () => {}],
    ["with a message", (session: Session<JsonObject, JsonObject>) => session.flash("bye", "bye")],
  ])("sign out %s although another one gave the session a new id meanwhile", async (_, then) => {
    const { visitor, inFlight } = start()
    await visitor.act((session) => session.put("userId", "ada"))
    const late = inFlight()
    await late.act(async (session) => {
      session.invalidate()
      then(session)
      await visitor.act((theirs) => theirs.regenerate())
    })
    expect((await visitor.open("/")).all()).toEqual({})
    expect((await late.open("/")).all()).toEqual({})
  })

  it("pull a value for one of them, and nothing of what the others made of it is kept", async () => {
    const { visitor, inFlight } = start()
    await visitor.act((session) => session.put("state", "xyz"))
    const [first, second] = [inFlight(), inFlight()]
    const callback =
      (late: Promise<unknown> = Promise.resolve()) =>
      async (session: Session<JsonObject, JsonObject>) => {
        expect(session.pull("state")).toBe("xyz")
        session.increment("signIns")
        await late
      }
    await expect(second.act(callback(first.act(callback())))).rejects.toMatchObject({
      code: "SESSION_ALREADY_PULLED",
    })
    expect((await visitor.open("/")).all()).toEqual({ signIns: 1 })
  })

  it("may pull what is theirs, and again what was put back", async () => {
    const { visitor } = start()
    for (const value of ["one", "two", "two"]) {
      await visitor.act((session) => session.put("state", value))
      await visitor.act((session) => expect(session.pull("state")).toBe(value))
      await visitor.act((session) => {
        session.put("own", 1)
        expect([session.pull("own"), session.pull("own"), session.pull("state")]).toEqual([
          1,
          undefined,
          undefined,
        ])
      })
    }
    expect((await visitor.open("/")).all()).toEqual({})
  })
})
