import { Cluster } from "ioredis"
import { createClient, createCluster } from "redis"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { nextSessionId, randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { startCluster } from "../../test-support/redis/cluster.mjs"
import { storeSuite } from "../../testing/store-suite"
import { redisStore } from "./redis-store"

const running = {} as {
  cluster: Awaited<ReturnType<typeof startCluster>>
  clients: ReturnType<typeof makeClients>
}

function makeClients(urls: string[]) {
  const rootNodes = urls.map((url) => ({ url }))
  return { redis: createCluster({ rootNodes }), ioredis: new Cluster(urls) }
}

beforeAll(async () => {
  running.cluster = await startCluster()
  running.clients = makeClients(running.cluster.urls)
}, 60_000)
afterAll(async () => {
  running.clients.redis.destroy()
  running.clients.ioredis.disconnect()
  await running.cluster.stop()
})

for (const kind of ["redis", "ioredis"] as const) {
  storeSuite({
    name: `redisStore on a cluster of three, by ${kind}`,
    create: ({ now }) => redisStore({ now, client: running.clients[kind] }),
    serverSide: true,
    atomic: true,
  })
}

describe("on a cluster", () => {
  it("sessions are on all machines, and all keys of one on the same", async () => {
    const store = openStore(redisStore({ client: running.clients.redis, prefix: "spread:" }))
    const meta = { createdAt: 0, expiresAt: 4_000_000_000 }
    const changes = { put: { n: 1 }, forget: [], add: {}, flash: {}, dropFlash: [] }
    for (let times = 0; times < 50; times += 1) {
      const id = randomSessionId()
      await store.save(id, {}, {}, meta)
      const moved = nextSessionId(id)
      await store.commit({ from: id, id: moved, wipe: false, data: {}, flash: {}, changes, meta })
      expect((await store.load(moved, () => {}))?.data).toEqual({ n: 1 })
    }
    const sizes = await Promise.all(
      running.cluster.urls.map(async (url) => {
        const client = await createClient({ url }).connect()
        const keys = await client.keys("spread:*")
        client.destroy()
        for (const key of keys) expect(key).toMatch(/^spread:(moved:|answer:)?\{[\w-]{4}\}/)
        return keys.filter((key) => !/moved:|answer:/.test(key)).length
      }),
    )
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(50)
  })

  it("a client of one machine is told that it is one", async () => {
    const stores = running.cluster.urls.map((url) => openStore(redisStore({ url })))
    const answers = await Promise.allSettled(stores.map((store) => store.load("A".repeat(36), () => {})))
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    for (const answer of answers) {
      if (answer.status === "rejected")
        expect(answer.reason).toMatchObject({ cause: { message: expect.stringContaining("cluster client") } })
    }
  })

  it("a session of before ids had tags loads, changes and ends; a new id is refused by name", async () => {
    const store = openStore(redisStore({ client: running.clients.ioredis }))
    const meta = { createdAt: 0, expiresAt: 4_000_000_000 }
    const changes = { put: { n: 1 }, forget: [], add: {}, flash: {}, dropFlash: [] }
    const id = randomSessionId().slice(-32)
    await store.save(id, {}, {}, meta)
    const commit = { from: id, id, wipe: false, data: {}, flash: {}, changes, meta }
    expect(await store.commit(commit)).toEqual({ sums: {} })
    expect((await store.load(id, () => {}))?.data).toEqual({ n: 1 })
    await expect(store.commit({ ...commit, id: nextSessionId(id) })).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
      cause: { kind: "CROSSSLOT" },
    })
    const fresh = nextSessionId(id)
    expect(await store.commit({ ...commit, id: fresh, wipe: true, data: { bye: 1 } })).toEqual({ sums: {} })
    expect([await store.load(id, () => {}), (await store.load(fresh, () => {}))?.data]).toEqual([
      undefined,
      { bye: 1 },
    ])
  })
})
