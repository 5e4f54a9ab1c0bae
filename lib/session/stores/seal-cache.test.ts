import { describe, expect, it } from "vitest"
import { randomSessionId } from "../core/random-id.ts"
import { openStore } from "../core/store.ts"
import { createClock } from "../testing/index.ts"
import { cookieStore } from "./cookie-store.ts"
import { createSealCache } from "./seal-cache.ts"

describe("createSealCache", () => {
  it("keeps a bounded number of entries and characters, the latest ones", () => {
    const cache = createSealCache(() => 0)
    for (let index = 0; index < 5000; index += 1) cache.set(`seal${index}`, "{}")
    expect(cache.size).toBe(500)
    expect(cache.get("seal4999")).toBe("{}")
    expect(cache.get("seal0")).toBeUndefined()
    for (let index = 0; index < 5000; index += 1) cache.set(`large${index}`, "x".repeat(100_000))
    expect(cache.calculatedSize).toBeLessThanOrEqual(4_000_000)
    cache.set("too large", "x".repeat(5_000_000))
    expect(cache.get("too large")).toBeUndefined()
  })

  it("forgets after five minutes", () => {
    const clock = createClock()
    const cache = createSealCache(clock.now)
    cache.set("seal", "{}")
    clock.advance(299)
    expect(cache.get("seal")).toBe("{}")
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

  it("gives every request data of its own", async () => {
    const store = openStore(cookieStore({ secret }))
    const meta = { createdAt: 0, expiresAt: 9_999_999_999 }
    const cookie = await store.cookieValue(randomSessionId(), { list: [1] }, {}, meta)
    const first = await store.load(cookie, () => {})
    const { list } = first?.data ?? {}
    if (Array.isArray(list)) list.push(2)
    expect((await store.load(cookie, () => {}))?.data).toEqual({ list: [1] })
  })

  it("opens none of it in a store with another secret", async () => {
    const meta = { createdAt: 0, expiresAt: 9_999_999_999 }
    const cookie = await openStore(cookieStore({ secret })).cookieValue(randomSessionId(), {}, {}, meta)
    const other = openStore(cookieStore({ secret: "Yp3tE8uI1oA6sD9fG2hJ5kL7zX0cV4bN" }))
    expect(await other.load(cookie, () => {})).toBeUndefined()
  })
})
