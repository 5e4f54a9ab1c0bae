import { describe, expect, it } from "vitest"
import { randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { storeSuite } from "../../testing/store-suite"
import { memoryStore, type MemoryEntry } from "./memory-store"

let entries = new Map<string, MemoryEntry>()

storeSuite({
  name: "memoryStore",
  create: ({ now }) => memoryStore({ now, entries: (entries = new Map()) }),
  serverSide: true,
  atomic: true,
  size: () => entries.size,
})

describe("memoryStore", () => {
  const meta = { createdAt: 0, expiresAt: Number.MAX_SAFE_INTEGER }

  it("shares one map in the process by default, so that every bundle sees the same sessions", async () => {
    const id = randomSessionId()
    await openStore(memoryStore()).save(id, { n: 1 }, {}, meta)
    expect(await openStore(memoryStore()).load(id, () => {})).toMatchObject({ data: { n: 1 } })
    await openStore(memoryStore()).destroy(id)
  })

  it("tells an unknown id from a malformed and an expired one", async () => {
    const store = openStore(memoryStore({ now: () => 5_000, entries: new Map() }))
    const reasons: string[] = []
    const expired = randomSessionId()
    await store.save(expired, {}, {}, { createdAt: 0, expiresAt: 5 })
    for (const id of [randomSessionId(), "short", expired])
      await store.load(id, (reason) => reasons.push(reason))
    expect(reasons).toEqual(["unknown", "malformed", "expired"])
  })
})
