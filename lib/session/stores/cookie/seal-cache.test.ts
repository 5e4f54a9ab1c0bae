import { describe, expect, it, vi } from "vitest"
import { randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { createClock } from "../../testing/clock"
import { cookieStore } from "./cookie-store"
import { createSealCache } from "./seal-cache"

describe("createSealCache", () => {
  it.each([
    { what: "entries", length: 100, kept: 500 },
    { what: "characters", length: 100_000, kept: 20 },
    { what: "an entry's characters", length: 5_000_000, kept: 0 },
  ])("has a bound for $what, and keeps the latest ones", ({ length, kept }) => {
    const cache = createSealCache(() => 0)
    const seals = Array.from({ length: 600 }, (_, index) => String(index).padEnd(length, "."))
    for (const seal of seals) cache.set(seal, {})
    const found = seals.map((seal) => cache.get(seal) !== undefined)
    expect(found.lastIndexOf(false)).toBe(seals.length - kept - 1)
  })

  it("makes a value that is for later once, when it is asked for, and makes it immutable", () => {
    const cache = createSealCache<{ list: number[] }>(() => 0)
    let made = 0
    cache.setLater("seal", () => {
      made += 1
      return { list: [made] }
    })
    expect(made).toBe(0)
    const first = cache.get("seal")
    expect([first, cache.get("seal"), made]).toEqual([{ list: [1] }, { list: [1] }, 1])
    expect(cache.get("seal")).toBe(first)
    expect(() => first?.list.push(2)).toThrow(TypeError)
  })

  it("has nothing where nothing could be made, and asks once", () => {
    const cache = createSealCache(() => 0)
    const make = vi.fn(() => undefined)
    cache.setLater("seal", make)
    expect([cache.get("seal"), cache.get("seal")]).toEqual([undefined, undefined])
    expect(make).toHaveBeenCalledTimes(1)
  })

  it("forgets after five minutes", () => {
    const clock = createClock()
    const cache = createSealCache(clock.now)
    cache.set("seal", {})
    clock.advance(299)
    expect(cache.get("seal")).toEqual({})
    clock.advance(2)
    expect(cache.get("seal")).toBeUndefined()
  })
})

describe("a cookie store that has opened a seal before", () => {
  const secret = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"

  it("refuses it from the second it expires", async () => {
    const clock = createClock()
    const store = openStore(cookieStore({ secret, now: clock.now }))
    const now = clock.now() / 1000
    const cookie = await store.cookieValue(
      randomSessionId(),
      { n: 1 },
      {},
      { createdAt: now, expiresAt: now + 60 },
    )
    const isLive = async () => (await store.load(cookie, () => {})) !== undefined
    expect([await isLive(), await isLive()]).toEqual([true, true])
    clock.advance(59)
    expect(await isLive()).toBe(true)
    clock.advance(1)
    expect(await isLive()).toBe(false)
  })

  it("gives no request anything that another could change", async () => {
    const store = openStore(cookieStore({ secret }))
    const meta = { createdAt: 0, expiresAt: 9_999_999_999 }
    const data = { list: [{ n: 1 }] }
    const cookie = await store.cookieValue(randomSessionId(), data, {}, meta)
    data.list.push({ n: 2 })
    for (const opener of [store, openStore(cookieStore({ secret }))]) {
      const loaded = await opener.load(cookie, () => {})
      expect(loaded?.data).toEqual({ list: [{ n: 1 }] })
      const again = (await opener.load(cookie, () => {}))?.data as typeof data
      expect(() => again.list.push({ n: 2 })).toThrow(TypeError)
      expect(() => Object.assign(again.list[0] ?? {}, { n: 2 })).toThrow(TypeError)
    }
  })

  it("opens none of it in a store with another secret", async () => {
    const meta = { createdAt: 0, expiresAt: 9_999_999_999 }
    const cookie = await openStore(cookieStore({ secret })).cookieValue(randomSessionId(), {}, {}, meta)
    const other = openStore(cookieStore({ secret: "Yp3tE8uI1oA6sD9fG2hJ5kL7zX0cV4bN" }))
    expect(await other.load(cookie, () => {})).toBeUndefined()
  })
})
