import { describe, expect, it } from "vitest"
import { createStore, openStore, type SaveMeta } from "../core/store"
import type { JsonObject } from "../core/json"
import { cookieStore } from "../stores/cookie/cookie-store"
import { memoryStore, type MemoryEntry } from "../stores/memory/memory-store"
import { createClock } from "../testing/clock"
import { answer, createPerson, ownResponse, redirectTo, rerender } from "../test-support/person"
import { commitSession } from "./commit-session"
import type { SessionEvent } from "../core/events"
import { resolveConfig } from "./config"
import { cookieBytes, unpackCookieValue } from "./cookies"
import { openSession, readRequestCookies } from "./open-session"

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"

function start(kind: string) {
  const clock = createClock()
  const entries = new Map<string, MemoryEntry>()
  const events: SessionEvent[] = []
  const options = {
    store:
      kind === "cookie"
        ? cookieStore({ secret: SECRET, now: clock.now })
        : memoryStore({ now: clock.now, entries }),
    now: clock.now,
    idleSeconds: 1200,
    absoluteSeconds: 3000,
    flashSeconds: 60,
    onEvent: (event: SessionEvent) => void events.push(event),
  }
  return { clock, entries, events, options, visitor: createPerson(options) }
}

const names = (cookies: readonly { name: string; maxAge: number }[]) =>
  cookies.map(({ name, maxAge }) => `${maxAge > 0 ? "set" : "remove"} ${name.replace(/^flash_.*/, "token")}`)

describe.each(["cookie", "memory"])("a commit with the %s store", (kind) => {
  it("sets no cookie and stores nothing for a visitor who stored nothing", async () => {
    const { entries, visitor } = start(kind)
    const reads = await visitor.act(
      (session) => void [session.all(), session.get("a"), session.forget("a"), session.id],
    )
    const undone = await visitor.act((session) => {
      session.put("a", 1)
      session.forget("a")
    })
    const shownHere = await visitor.act((session) => session.flash("notice", "x"), rerender)
    const renewed = await visitor.act((session) => session.regenerate())
    const wiped = await visitor.act((session) => session.invalidate())
    expect([reads, undone, shownHere, renewed, wiped].flatMap((result) => result.cookies)).toEqual([])
    expect([visitor.jar.size, entries.size]).toEqual([0, 0])
  })

  it("sets no cookie for an unchanged session, also when a flash arrived", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => {
      session.put("a", { list: [1] })
      session.flash("notice", "x")
    }, redirectTo("/a"))
    await visitor.open("/a")
    const before = new Map(visitor.jar)
    const { cookies, plan } = await visitor.act((session) => session.put("a", { list: [1] }))
    expect([cookies, plan.kind]).toEqual([[], "nothing"])
    expect(visitor.jar).toEqual(before)
  })

  it("sets each cookie once, and the session cookie with every change", async () => {
    const { visitor } = start(kind)
    const { cookies } = await visitor.act((session) => {
      session.put("a", 1)
      session.put("a", 2)
      session.flash("n", 1)
      session.flash("n", 2)
      session.flash("n", 3, { to: "/elsewhere" })
    }, redirectTo("/a"))
    expect(names(cookies)).toEqual(["set session", "set token", "set token"])
    expect(new Set(cookies.map((cookie) => cookie.name)).size).toBe(3)
  })

  it("keeps the id from request to request", async () => {
    const { visitor } = start(kind)
    let id = ""
    await visitor.act((session) => {
      expect(session.id).toBe("")
      session.put("a", 1)
      id = session.id
      session.put("b", 1)
      expect([id.length, session.id]).toEqual([36, id])
    })
    await visitor.act((session) => {
      expect(session.id).toBe(id)
      session.put("a", 2)
    })
    expect((await visitor.open("/")).id).toBe(id)
  })

  it("has no id for a visitor who stored nothing, however often it is read", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => {
      session.forget("nothing")
      session.keep("nothing")
      expect(session.id).toBe("")
    })
    expect((await visitor.open("/")).id).toBe("")
  })

  it("puts no text and no session id into a token", async () => {
    const { visitor } = start(kind)
    let id = ""
    const { cookies } = await visitor.act(
      (session) => {
        session.flash("notice", "marmalade")
        id = session.id
      },
      redirectTo("/a"),
      "/from",
    )
    const token = cookies.find((cookie) => cookie.name.startsWith("flash_"))
    expect(token?.value).toBe("/a /from ")
    expect(token?.name).not.toContain(id)
  })

  it("commits one after another in one request, each what it changed", async () => {
    const { options } = start(kind)
    const config = resolveConfig(options)
    const cookies = readRequestCookies({ get: () => undefined, getAll: () => [] }, false, config)
    const actor = await openSession(config, cookies, [], () => {})
    const commit = (to: string) => commitSession(config, actor, cookies, answer(redirectTo(to)))

    actor.session.put("a", 1)
    actor.session.flash("one", "1")
    const first = await commit("/a")
    const second = await commit("/a")
    actor.session.flash("two", "2")
    const third = await commit("/b")
    expect([first, second, third].map((result) => names(result.cookies))).toEqual([
      ["set session", "set token"],
      [],
      ["set session", "set token"],
    ])
    expect([...actor.state().flash.waiting.values()].map((delivery) => delivery.to)).toEqual(["/a", "/b"])

    actor.session.invalidate()
    const fourth = await commit("/c")
    expect(names(fourth.cookies)).toEqual(["remove session", "remove token", "remove token"])
    actor.session.put("a", 2)
    expect(names((await commit("/c")).cookies)).toEqual(["set session"])
  })

  it("renews the idle lifetime after a twelfth of it, and not before", async () => {
    const { clock, visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    clock.advance(99)
    expect((await visitor.act(() => {})).plan.kind).toBe("nothing")
    clock.advance(1)
    const { cookies, plan } = await visitor.act(() => {})
    expect([plan.kind, names(cookies)]).toEqual(["touch", ["set session"]])
    expect((await visitor.act(() => {})).plan.kind).toBe("nothing")
    clock.advance(1199)
    expect((await visitor.open("/")).get("a")).toBe(1)
    clock.advance(1)
    expect((await visitor.open("/")).get("a")).toBeUndefined()
  })

  it("renews it once in a request, however many commits that has", async () => {
    const { clock, options, visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    clock.advance(600)
    const config = resolveConfig(options)
    const jar = [...visitor.jar].map(([name, value]) => ({ name, value }))
    const reader = { get: (name: string) => jar.find((cookie) => cookie.name === name), getAll: () => jar }
    const cookies = readRequestCookies(reader, false, config)
    const actor = await openSession(config, cookies, [], () => {})
    const kinds = []
    for (const _ of [1, 2])
      kinds.push((await commitSession(config, actor, cookies, answer(ownResponse))).plan.kind)
    expect(kinds).toEqual(["touch", "nothing"])
  })

  it("keeps a session that holds messages alone as long as they can be reported, and no longer", async () => {
    const { clock, entries, events, visitor } = start(kind)
    const { cookies } = await visitor.act((session) => session.flash("notice", "x"), redirectTo("/a"))
    expect(cookies[0]?.maxAge).toBe(120)
    if (kind === "memory")
      expect([...entries.values()].map(({ expiresAt }) => expiresAt)).toEqual([clock.now() / 1000 + 120])
    clock.advance(61)
    await visitor.act((session) => session.put("userId", "7"))
    expect(events).toEqual([{ type: "flash-expired", to: "/a", keys: ["notice"] }])
    clock.advance(1100)
    expect((await visitor.open("/")).get("userId")).toBe("7")
  })

  it("never renews the absolute lifetime, and lets the cookie end with the record", async () => {
    const { clock, visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    const maxAges: (number | undefined)[] = []
    for (let age = 500; age <= 2500; age += 500) {
      clock.advance(500)
      const { cookies, plan } = await visitor.act((session) => age === 1500 && session.regenerate())
      expect(plan.kind).toBe(age === 1500 ? "migrate" : "touch")
      maxAges.push(cookies[0]?.maxAge)
    }
    expect(maxAges).toEqual([1200, 1200, 1200, 1000, 500])
    clock.advance(499)
    expect((await visitor.open("/")).get("a")).toBe(1)
    clock.advance(1)
    expect((await visitor.open("/")).get("a")).toBeUndefined()
  })

  it("starts the absolute lifetime anew after invalidate", async () => {
    const { clock, visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    clock.advance(1000)
    const { plan } = await visitor.act((session) => {
      session.invalidate()
      session.put("a", 2)
    })
    expect(plan.next.createdAt).toBe(clock.now() / 1000)
  })

  it("delivers a flash once and forgets it with the next write", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => session.flash("notice", "saved"), redirectTo("/a"))
    expect((await visitor.open("/b")).hasFlash("notice")).toBe(false)
    expect((await visitor.open("/a")).getFlash("notice")).toBe("saved")
    expect((await visitor.open("/a")).hasFlash("notice")).toBe(false)
    const { plan } = await visitor.act((session) => session.put("a", 1))
    expect(plan.next.flash.waiting.size).toBe(0)
  })

  it("keeps a flash that waits while other requests of the same person commit", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => session.flash("one", "1"), redirectTo("/a"))
    await visitor.act((session) => session.flash("two", "2"), redirectTo("/b"))
    await visitor.act((session) => session.regenerate())
    await visitor.act((session) => session.put("x", 1))
    expect((await visitor.open("/b")).getFlash("two")).toBe("2")
    expect((await visitor.open("/a")).getFlash("one")).toBe("1")
  })

  it("tells of a flash that nobody arrived for, without its text, and removes its token", async () => {
    const { clock, events, visitor } = start(kind)
    await visitor.act((session) => session.flash("notice", "marmalade"), redirectTo("/a"))
    clock.advance(60)
    const { cookies } = await visitor.act((session) => session.put("a", 1))
    expect(events).toEqual([{ type: "flash-expired", to: "/a", keys: ["notice"] }])
    expect(names(cookies)).toEqual(["set session", "remove token"])
    await visitor.act((session) => session.put("a", 2))
    expect(events).toHaveLength(1)
  })

  // A commit that writes nothing prunes nothing, so the same expired flash is told of each time.
  it("tells of it once, also when the requests that notice write nothing", async () => {
    const { clock, events, visitor } = start(kind)
    await visitor.act((session) => session.flash("notice", "x"), redirectTo("/a"))
    clock.advance(60)
    for (let request = 0; request < 3; request += 1) await visitor.act((session) => session.get("a"))
    expect(events).toEqual([{ type: "flash-expired", to: "/a", keys: ["notice"] }])
  })

  it("delivers a flash to a target that is too long for a cookie, and nowhere else", async () => {
    const { visitor } = start(kind)
    const long = `/${"x".repeat(600)}`
    const { cookies } = await visitor.act((session) => session.flash("n", "x"), redirectTo(long))
    expect(cookies[1]?.value.length).toBeLessThan(20)
    expect((await visitor.open("/anything")).getFlash("n")).toBe("")
    expect((await visitor.open(long)).getFlash("n")).toBe("x")
  })

  it("says farewell: a flash after invalidate reaches the next page, one before it does not", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => session.put("userId", "7"))
    await visitor.act((session) => {
      session.flash("before", "x")
      session.invalidate()
      session.flash("after", "You are signed out")
    }, redirectTo("/a"))
    const page = await visitor.open("/a")
    expect([page.getFlash("after"), page.hasFlash("before"), page.all()]).toEqual([
      "You are signed out",
      false,
      {},
    ])
  })

  it("removes the cookie, and nothing else, when invalidate leaves nothing", async () => {
    const { entries, visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    const { cookies } = await visitor.act((session) => session.invalidate())
    expect(names(cookies)).toEqual(["remove session"])
    expect([visitor.jar.size, entries.size]).toEqual([0, 0])
  })
})

describe("a commit with a server-side store", () => {
  it("leaves one entry: the old id is dead after regenerate and after invalidate", async () => {
    const { entries, options, visitor } = start("memory")
    await visitor.act((session) => session.put("a", 1))
    const planted = new Map(visitor.jar)
    await visitor.act((session) => {
      session.regenerate()
      session.put("userId", "7")
    })
    expect(entries.size).toBe(1)
    expect((await createPerson(options, planted).open("/")).all()).toEqual({})
    expect((await visitor.open("/")).all()).toEqual({ a: 1, userId: "7" })

    const signedIn = new Map(visitor.jar)
    await visitor.act((session) => {
      session.invalidate()
      session.flash("bye", "x")
    })
    expect(entries.size).toBe(1)
    expect((await createPerson(options, signedIn).open("/")).all()).toEqual({})
  })

  /** A store that notes what is asked of it, on top of the memory store, and fails where told. */
  function noted(failAt?: string) {
    const calls: string[] = []
    const inner = openStore(memoryStore({ entries: new Map() }))
    const note = (call: string) => {
      calls.push(call)
      if (call === failAt) throw new Error("connection lost")
    }
    const store = createStore({
      load: (cookie, report) => inner.load(cookie, report),
      save(id: string, data: JsonObject, flash: JsonObject, meta: SaveMeta) {
        note("save")
        return inner.save(id, data, flash, meta)
      },
      destroy(id) {
        note("destroy")
        return inner.destroy(id)
      },
      gc: () => inner.gc(),
      cookieValue: (id) => id,
    })
    return { calls, visitor: createPerson({ store }) }
  }

  it("saves before it destroys on regenerate, so that kept data survives a failure between the two", async () => {
    const { calls, visitor } = noted()
    await visitor.act((session) => session.put("a", 1))
    calls.length = 0
    await visitor.act((session) => session.regenerate())
    expect(calls).toEqual(["save", "destroy"])
  })

  it("destroys before it saves on invalidate, so that a signed-out entry cannot survive a failure", async () => {
    const { calls, visitor } = noted()
    await visitor.act((session) => session.put("a", 1))
    calls.length = 0
    await visitor.act((session) => {
      session.invalidate()
      session.flash("bye", "x")
    })
    expect(calls).toEqual(["destroy", "save"])
  })

  it("sets no cookie and goes back to what was persisted when the store fails", async () => {
    const { visitor } = noted("save")
    const before = new Map(visitor.jar)
    let actor: Parameters<Parameters<typeof visitor.act>[0]>[1] | undefined
    const act = visitor.act((session, given) => {
      actor = given
      session.put("a", 1)
    })
    await expect(act).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
    expect(visitor.jar).toEqual(before)
    expect(actor?.state().storedId).toBeUndefined()
    expect(actor?.session.has("a")).toBe(false)
  })

  it("can be tried again in the same request, without what made it fail", async () => {
    const config = resolveConfig({ store: cookieStore({ secret: SECRET }) })
    const cookies = readRequestCookies({ get: () => undefined, getAll: () => [] }, false, config)
    const actor = await openSession(config, cookies, [], () => {})
    const commit = () => commitSession(config, actor, cookies, answer(ownResponse))
    actor.session.put("big", "x".repeat(6000))
    await expect(commit()).rejects.toMatchObject({ code: "SESSION_TOO_LARGE" })
    actor.session.put("count", 3)
    expect((await commit()).cookies).toHaveLength(1)
    expect(actor.session.all()).toEqual({ count: 3 })
  })

  it("has room for far more than a cookie", async () => {
    const { visitor } = start("memory")
    const { cookies } = await visitor.act((session) => session.put("big", "x".repeat(100_000)))
    expect(cookies.map(cookieBytes).every((size) => size < 300)).toBe(true)
    expect((await visitor.open("/")).get("big")).toHaveLength(100_000)
  })
})

describe.each(["cookie", "memory"])("messages for more pages than there is room for: %s", (kind) => {
  it("leave no token that opens nothing, and each that was dropped is told of", async () => {
    const { events, visitor } = start(kind)
    await visitor.act((session) => {
      for (let page = 0; page < 12; page += 1) session.flash("notice", `${page}`, { to: `/${page}` })
    })
    expect([...visitor.jar.keys()].filter((name) => name.startsWith("flash_"))).toHaveLength(8)
    const told = events.map((event) => event.type === "flash-expired" && event.to)
    expect(told).toEqual(["/0", "/1", "/2", "/3"])
    for (let page = 4; page < 12; page += 1) {
      expect((await visitor.open(`/${page}`)).getFlash("notice")).toBe(`${page}`)
    }
    expect([...visitor.jar.keys()]).toEqual(["session"])
  })
})

describe("the session cookie's value", () => {
  it("begins with the time it was written, and nothing else in clear with the cookie store", async () => {
    const { clock, visitor } = start("cookie")
    await visitor.act((session) => session.put("word", "marmalade"), ownResponse)
    const packed = visitor.jar.get("session") as string
    expect(unpackCookieValue(packed)?.writtenAt).toBe(clock.now() / 1000)
    expect(packed).not.toContain("marmalade")
  })

  it("is the id with a server-side store", async () => {
    const { entries, visitor } = start("memory")
    await visitor.act((session) => session.put("a", 1))
    expect(unpackCookieValue(visitor.jar.get("session") as string)?.value).toBe([...entries.keys()][0])
  })
})
