import { describe, expect, it } from "vitest"
import { startsOf, storeKinds } from "../test-support/both-stores"
import { packCookieValue, unpackCookieValue } from "../next/cookies"
import { printClass } from "../test-support/bad-input"
import { redirectTo, type Person } from "../test-support/person"

const IDLE = 1200
const ABSOLUTE = 3000
const lifetimes = { idleSeconds: IDLE, absoluteSeconds: ABSOLUTE, flashSeconds: 300 }

/** A request that changes nothing; a renewal of the idle lifetime happens here when it is due. */
const use = (visitor: Person) => visitor.act(() => {})
const seen = async (visitor: Person) => (await visitor.open("/")).get("user")

describe.each(storeKinds)("lifetimes by an injected clock: %s", (kind) => {
  const starts = startsOf(kind)

  async function signedIn(given: Parameters<typeof starts>[0] = lifetimes) {
    const started = starts(given)
    const visitor = started.visitor()
    await visitor.act((session) => session.put("user", "ada"))
    started.events.length = 0
    return { ...started, visitor, copy: () => started.visitor(new Map(visitor.jar)) }
  }

  it("idle: unused for that long it is over, whatever the browser still sends", async () => {
    const { clock, events, visitor, copy } = await signedIn()
    clock.advance(IDLE - 1)
    expect(await seen(visitor)).toBe("ada")
    clock.advance(1)
    expect(await seen(visitor)).toBeUndefined()
    expect(events).toEqual([{ type: "session-unreadable", reason: "expired" }])
    const late = copy()
    await late.act((session) => session.put("user", "eve"))
    expect([await seen(late), await seen(visitor)]).toEqual(["eve", undefined])
    printClass("idle lifetime", kind, 3, "over to the second, never back")
  })

  it("idle: use extends it, at most once per twelfth", async () => {
    const { clock, visitor } = await signedIn()
    const cookie = visitor.jar.get("session")
    clock.advance(IDLE / 12 - 1)
    await use(visitor)
    expect(visitor.jar.get("session")).toBe(cookie)
    for (const pause of [1, IDLE - 1, IDLE / 2]) {
      clock.advance(pause)
      await use(visitor)
      expect(await seen(visitor)).toBe("ada")
    }
    expect(visitor.jar.get("session")).not.toBe(cookie)
  })

  it("absolute: neither use, nor writing, nor a new id extends it", async () => {
    for (const keepAlive of [
      use,
      (visitor: Person) => visitor.act((session) => session.increment("n")),
      (visitor: Person) => visitor.act((session) => session.regenerate()),
    ]) {
      const { clock, events, visitor } = await signedIn()
      for (let age = 0; age + IDLE / 2 < ABSOLUTE; age += IDLE / 2) {
        clock.advance(IDLE / 2)
        await keepAlive(visitor)
        expect(await seen(visitor)).toBe("ada")
      }
      clock.advance(ABSOLUTE - (Math.ceil(ABSOLUTE / (IDLE / 2)) - 1) * (IDLE / 2) - 1)
      await keepAlive(visitor)
      expect([await seen(visitor), events]).toEqual(["ada", []])
      clock.advance(1)
      expect(await seen(visitor)).toBeUndefined()
      expect(events).toEqual([{ type: "session-unreadable", reason: "expired" }])
    }
    printClass("absolute lifetime", kind, 3, "over to the second, however much it was used")
  })

  it("absolute: a session that was signed out and in again begins anew", async () => {
    const { clock, visitor } = await signedIn()
    clock.advance(IDLE / 2)
    await visitor.act((session) => {
      session.invalidate()
      session.put("user", "bob")
    })
    clock.advance(ABSOLUTE - IDLE / 2)
    await use(visitor)
    expect(await seen(visitor)).toBeUndefined()
    const again = (await signedIn()).visitor
    expect(await seen(again)).toBe("ada")
  })

  it("both: the earlier one ends it, and the cookie's Max-Age says so", async () => {
    const { clock, visitor } = await signedIn({ ...lifetimes, absoluteSeconds: IDLE + 100 })
    clock.advance(IDLE / 2)
    const { cookies } = await use(visitor)
    expect(cookies.map(({ name, maxAge }) => [name, maxAge])).toEqual([["session", IDLE / 2 + 100]])
    clock.advance(IDLE / 2 + 99)
    expect(await seen(visitor)).toBe("ada")
    clock.advance(1)
    expect(await seen(visitor)).toBeUndefined()
  })

  it("the time in clear extends nothing, and ends nothing", async () => {
    const { clock, visitor, copy } = await signedIn()
    const rewritten = (writtenAt: number) => {
      const forger = copy()
      const { value = "" } = unpackCookieValue(forger.jar.get("session") ?? "") ?? {}
      forger.jar.set("session", packCookieValue(writtenAt, value))
      return forger
    }
    const now = () => Math.floor(clock.now() / 1000)
    for (const time of [0, 1, now() - IDLE, now() + ABSOLUTE, 36 ** 8 - 1]) {
      expect(await seen(rewritten(time))).toBe("ada")
    }
    clock.advance(IDLE)
    for (const time of [0, now(), now() + ABSOLUTE]) expect(await seen(rewritten(time))).toBeUndefined()
    expect(await seen(visitor)).toBeUndefined()
    printClass("forged times in clear", kind, 8, "extend nothing")
  })

  it.each([2, -2, 60, -60, 240, -240])("a second server whose clock is %d seconds ahead", async (ahead) => {
    const { clock, options, visitor } = await signedIn()
    const second = starts({ ...lifetimes, clock, ahead })
    const there = second.visitor(visitor.jar)
    await there.act((session) => session.put("there", true))
    await visitor.act((session) => session.flash("notice", "over there"), redirectTo("/a"))
    expect((await there.open("/a")).getFlash("notice")).toBe("over there")
    expect((await visitor.open("/a")).hasFlash("notice")).toBe(false)
    expect((await visitor.open("/")).all()).toEqual({ user: "ada", there: true })

    const margin = Math.abs(ahead) + 1
    for (let age = 0; age < ABSOLUTE - margin - IDLE / 2; age += IDLE / 2) {
      clock.advance(IDLE / 2)
      await use(age % IDLE === 0 ? there : visitor)
      expect([await seen(visitor), await seen(there)]).toEqual(["ada", "ada"])
    }
    clock.set((options.now?.() ?? 0) + (ABSOLUTE + margin) * 1000)
    expect([await seen(visitor), await seen(there)]).toEqual([undefined, undefined])
    printClass(`clocks ${ahead} s apart`, kind, 1, "one session on both, no later than the skew")
  })

  it("the cookie gone and the record alive: the person begins anew, and what was left ends by itself", async () => {
    const { clock, visitor, copy } = await signedIn()
    const left = copy()
    visitor.jar.clear()
    expect((await visitor.open("/")).id).toBe("")
    await visitor.act((session) => session.put("user", "bob"))
    expect([await seen(visitor), await seen(left)]).toEqual(["bob", "ada"])
    expect(visitor.jar.get("session")).not.toBe(left.jar.get("session"))
    clock.advance(IDLE)
    expect(await seen(left)).toBeUndefined()
    printClass("cookie gone, record alive", kind, 1, "anonymous, a fresh id")
  })

  it("replay after sign-out and after a new id: refused by Redis; the cookie store accepts it until it expires", async () => {
    for (const end of ["invalidate", "regenerate"] as const) {
      const { clock, events, visitor, copy } = await signedIn()
      const stolen = copy()
      await visitor.act((session) => session[end]())
      const replayed = await seen(stolen)
      // What a stateless cookie cannot do; docs/security.md says so.
      expect(replayed).toBe(kind === "cookie store" ? "ada" : undefined)
      if (kind === "redis store") expect(events).toEqual([{ type: "session-unreadable", reason: "unknown" }])
      clock.advance(IDLE)
      expect(await seen(stolen)).toBeUndefined()
    }
    const outcome = kind === "redis store" ? "refused at once" : "accepted until it expires, as documented"
    printClass("replay after sign-out and new id", kind, 2, outcome)
  })

  if (kind === "redis store") {
    it("the record gone and the cookie alive: anonymous, one reason, a fresh id at the next write", async () => {
      const { events, redis, visitor } = await signedIn()
      await redis?.redis.flushall()
      const dead = visitor.jar.get("session")?.split(".")[1] ?? ""
      expect(await seen(visitor)).toBeUndefined()
      expect(events).toEqual([{ type: "session-unreadable", reason: "unknown" }])
      await visitor.act((session) => session.put("user", "bob"))
      expect(visitor.jar.get("session")).not.toContain(dead)
      expect(await seen(visitor)).toBe("bob")
      printClass("record gone, cookie alive", kind, 1, "anonymous, one reason, a fresh id")
    })
  }
})
