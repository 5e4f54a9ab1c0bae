import { describe, expect, it } from "vitest"
import { storeSuite } from "../testing/store-suite"
import { randomSessionId } from "./random-id"
import { createStore, openStore, type SessionCommit, type StoreCallbacks, type StoredSession } from "./store"

type Entry = StoredSession & { readonly expiresAt: number }

/** A store with five callbacks, as somebody writes one for a database that answers after a while. */
function plainStore(now: () => number, wait: () => Promise<void> = () => Promise.resolve()) {
  const entries = new Map<string, Entry>()
  const callbacks: StoreCallbacks = {
    async load(id, report) {
      await wait()
      const entry = /^[\w-]{36}$/.test(id) ? entries.get(id) : undefined
      if (entry === undefined) return void report("unknown")
      return entry.expiresAt * 1000 > now() ? structuredClone(entry) : void report("expired")
    },
    async save(id, data, flash, meta) {
      await wait()
      entries.set(id, structuredClone({ id, data, flash, ...meta }))
    },
    async destroy(id) {
      await wait()
      entries.delete(id)
    },
    gc() {
      for (const [id, { expiresAt }] of entries) if (expiresAt * 1000 <= now()) entries.delete(id)
    },
    cookieValue: (id) => id,
  }
  return { entries, callbacks }
}

let size = () => 0

storeSuite({
  name: "a store that replaces whole entries",
  create({ now }) {
    const { entries, callbacks } = plainStore(now)
    size = () => entries.size
    return createStore(callbacks)
  },
  serverSide: true,
  size: () => size(),
})

describe("a store that replaces whole entries", () => {
  const meta = { createdAt: 0, expiresAt: Number.MAX_SAFE_INTEGER }
  const changes = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }
  const commit = (from: string, id: string, wipe = false): SessionCommit => ({
    from,
    id,
    wipe,
    data: wipe ? {} : { userId: "ada" },
    flash: {},
    changes,
    meta,
  })

  /** A sign-out that begins when this many steps of a request that regenerates are done, or the other way round. */
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    "in one process, a sign-out %d steps later or earlier wins",
    async (steps) => {
      for (const signsOutFirst of [true, false]) {
        for (const wipe of [true, false]) {
          const waits = async () => {
            for (let turn = 0; turn < 3; turn += 1) await Promise.resolve()
          }
          const { entries, callbacks } = plainStore(Date.now, waits)
          // Two bundles of one server.
          const [store, other] = [openStore(createStore(callbacks)), openStore(createStore(callbacks))]
          const [id, next, fresh] = [randomSessionId(), randomSessionId(), randomSessionId()]
          await store.save(id, { userId: "ada" }, {}, meta)
          const signOut = () => (wipe ? other.commit(commit(id, fresh, true)) : other.destroy(id))
          const order = [signOut, () => store.commit(commit(id, next))]
          const [first, second] = signsOutFirst ? order : order.toReversed()
          const running = first?.()
          for (let step = 0; step < steps; step += 1) await Promise.resolve()
          await Promise.all([running, second?.()])
          expect([...entries.values()].filter(({ data }) => Object.hasOwn(data, "userId"))).toEqual([])
        }
      }
    },
  )

  /** A write that begins when this many steps of a sign-out or of a new id are done, or the other way round. */
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    "in one process, a write %d steps later or earlier brings nothing back",
    async (steps) => {
      for (const writesFirst of [true, false]) {
        for (const ends of [true, false]) {
          const waits = async () => {
            for (let turn = 0; turn < 3; turn += 1) await Promise.resolve()
          }
          const { entries, callbacks } = plainStore(Date.now, waits)
          const [store, other] = [openStore(createStore(callbacks)), openStore(createStore(callbacks))]
          const [id, next] = [randomSessionId(), randomSessionId()]
          await store.save(id, { userId: "ada" }, {}, meta)
          const write = () => store.commit(commit(id, id))
          const over = () => (ends ? other.destroy(id) : other.commit(commit(id, next)))
          const [first, second] = writesFirst ? [write, over] : [over, write]
          const running = first()
          for (let step = 0; step < steps; step += 1) await Promise.resolve()
          await Promise.all([running, second()])
          expect([...entries.keys()]).toEqual(ends ? [] : [next])
        }
      }
    },
  )

  it("ends all of a session when a sign-out is tried again that failed half-way", async () => {
    const { entries, callbacks } = plainStore(Date.now)
    let failures = 0
    const store = openStore(
      createStore({
        ...callbacks,
        async destroy(id) {
          if (failures > 0) {
            failures -= 1
            throw new Error("connection lost")
          }
          await callbacks.destroy(id)
        },
      }),
    )
    const [id, next] = [randomSessionId(), randomSessionId()]
    await store.save(id, {}, {}, meta)
    await store.commit(commit(id, next))
    failures = 1
    await expect(store.destroy(id)).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
    expect(entries.size).toBe(1)
    await store.destroy(id)
    expect(entries.size).toBe(0)
  })
})
