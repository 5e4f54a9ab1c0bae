import { createClient } from "redis"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { token, useBridge } from "../test-support/redis/use-bridge"
import type { SessionEvent } from "../core/events"
import { createStore, type StoredSession } from "../core/store"
import { formFeedback } from "../forms/feedback"
import { readForm } from "../forms/read-form"
import { memoryStore, type MemoryEntry } from "../stores/memory/memory-store"
import { redisStore } from "../stores/redis/redis-store"
import { createPerson, redirectTo } from "../test-support/person"
import type { SetupOptions } from "./setup-options"

const running = useBridge()
let inspect: ReturnType<typeof createClient>
beforeAll(async () => {
  inspect = createClient({ url: running.server.url })
  await inspect.connect()
})
afterAll(() => inspect.destroy())

type Kept = Pick<SetupOptions, "store"> & { readonly characters: () => number | Promise<number> }

const stores: Record<string, () => Kept> = {
  memoryStore() {
    const entries = new Map<string, MemoryEntry>()
    return { store: memoryStore({ entries }), characters: () => [...entries.values()][0]?.json.length ?? 0 }
  },
  redisStore() {
    const prefix = "stored-feedback:"
    const store = redisStore({ url: running.bridge.url, token, prefix, timeoutMilliseconds: 30_000 })
    const characters = async () => {
      const keys = await inspect.keys(`${prefix}*`)
      const [key = ""] = keys.filter((name) => !name.includes("answer:"))
      return JSON.stringify(await inspect.hGetAll(key)).length
    }
    return { store, characters }
  },
  "a store of five callbacks"() {
    const entries = new Map<string, StoredSession>()
    const store = createStore({
      load: (id) => entries.get(id),
      save: (id, data, flash, { createdAt }) => void entries.set(id, { id, data, flash, createdAt }),
      destroy: (id) => void entries.delete(id),
      gc() {},
      cookieValue: (id) => id,
    })
    return { store, characters: () => JSON.stringify([...entries.values()]).length }
  },
}

/** A form of a megabyte, in fields of which half fit. */
function longForm(post: number): FormData {
  const form = new FormData()
  for (let field = 0; field < 500; field += 1) form.append(`field${field}`, `${post}`.repeat(2000))
  return form
}

/** How many of its fields come back. */
function given(form: { old(name: string): string }): number {
  return Array.from({ length: 500 }, (_, field) => form.old(`field${field}`)).filter((text) => text !== "")
    .length
}

describe.each(Object.entries(stores))(
  "what a visitor with data makes %s keep by failed forms",
  (_, start) => {
    it("is as much as one form may have, however many they send and never come back for", async () => {
      const { characters, ...options } = start()
      const events: SessionEvent[] = []
      const visitor = createPerson({ ...options, onEvent: (event) => void events.push(event) })
      await visitor.act((session) => session.put("cart", 1))
      const messages = [["email", "Not an e-mail address"]] as const
      for (let post = 0; post < 8; post += 1) {
        const feedback = formFeedback(readForm(longForm(post)), messages, {}, () => {})
        await visitor.act((_session, actor) => actor.flashForm(feedback), redirectTo(`/form/${post}`))
      }
      expect(await characters()).toBeLessThan(65_536)
      expect(events.filter(({ type }) => type === "old-input-trimmed")).toHaveLength(7)

      const last = await visitor.open("/form/7")
      expect(given(last)).toBeGreaterThan(5)
      const first = await visitor.open("/form/0")
      expect([given(first), first.wasTrimmed(), first.error("email")]).toEqual([
        0,
        true,
        "Not an e-mail address",
      ])
      expect(first.get("cart")).toBe(1)
    })
  },
)
