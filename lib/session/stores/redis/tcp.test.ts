import { createClient, createClientPool, createSentinel, RESP_TYPES } from "redis"
import { Redis } from "ioredis"
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest"
import type { SessionChanges } from "../../core/changes"
import { nextSessionId, randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { patiently } from "../../test-support/redis/use-bridge"
import { startRedis } from "../../test-support/redis/server.mjs"
import { startTcpProxy } from "../../test-support/redis/tcp-proxy.mjs"
import { storeSuite } from "../../testing/store-suite"
import { redisStore, type RedisStoreOptions } from "./redis-store"

type Server = Awaited<ReturnType<typeof startRedis>>
type Proxy = Awaited<ReturnType<typeof startTcpProxy>>

const running = {} as { server: Server; proxy: Proxy; clients: ReturnType<typeof makeClients> }

function makeClients(url: string) {
  return {
    "a client of redis": createClient({ url }),
    "a pool of redis": createClientPool({ url }),
    "a client of ioredis": new Redis(url, { lazyConnect: true }),
    "a client of ioredis with a prefix of its own": new Redis(url, { lazyConnect: true, keyPrefix: "app:" }),
    "a client of ioredis that wants text for numbers": new Redis(url, {
      lazyConnect: true,
      stringNumbers: true,
    }),
    "a client of redis that wants bytes for text": createClient({
      url,
      commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
    }),
  }
}

beforeAll(async () => {
  running.server = await startRedis()
  running.proxy = await startTcpProxy(running.server.port)
  running.clients = makeClients(running.server.url)
})
afterEach(() => running.proxy.setFault(undefined))
afterAll(async () => {
  for (const client of Object.values(running.clients)) leave(client)
  await running.proxy.close()
  await running.server.stop()
})

storeSuite({
  name: "redisStore over TCP",
  create: ({ now }) => redisStore({ now, url: running.server.url }),
  serverSide: true,
  atomic: true,
})

for (const kind of [
  "a client of redis",
  "a pool of redis",
  "a client of ioredis",
  "a client of ioredis with a prefix of its own",
  "a client of ioredis that wants text for numbers",
  "a client of redis that wants bytes for text",
] as const) {
  storeSuite({
    name: `redisStore with ${kind}`,
    create: ({ now }) => redisStore({ now, client: running.clients[kind] }),
    serverSide: true,
    atomic: true,
  })
}

const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }
const unavailable = { code: "SESSION_STORE_UNAVAILABLE" }

/** A live session, reached through the proxy; the scripts are known to the server already. */
async function live(options: Pick<RedisStoreOptions, "timeoutMilliseconds"> = {}) {
  const { proxy } = running
  const store = openStore(redisStore({ url: proxy.url, timeoutMilliseconds: 1500, ...options }))
  const now = Math.floor(Date.now() / 1000)
  const meta = { createdAt: now, expiresAt: now + 3600 }
  const id = randomSessionId()
  // However short the time that is tested: another test may keep the machine busy.
  const patient = openStore(redisStore({ url: proxy.url }))
  await patient.save(id, { secret: "marmalade", n: 1 }, {}, meta)
  await store.load(id, () => {})
  const commit = (changes: Partial<SessionChanges>, to = id) => {
    const changed = { ...noChange, ...changes }
    return store.commit({ from: id, id: to, wipe: false, data: {}, flash: {}, changes: changed, meta })
  }
  return { proxy, store, id, commit, read: async (of = id) => (await store.load(of, () => {}))?.data }
}

const ownClients = [
  ["a client of redis", (url: string) => createClient({ url })],
  ["a pool of redis", (url: string) => createClientPool({ url })],
  ["a client of ioredis", (url: string) => new Redis(url, { lazyConnect: true })],
] as const

function leave(client: Redis | { destroy(): void }): void {
  if (client instanceof Redis) client.disconnect()
  else client.destroy()
}

/** A Redis of its own, which is sent these commands and then lets in nobody but who says "right". */
async function guardedRedis(...commands: string[][]) {
  const server = await startRedis()
  const inspect = await createClient({ url: server.url }).connect()
  for (const command of [...commands, ["CONFIG", "SET", "requirepass", "right"]])
    await inspect.sendCommand(command)
  inspect.destroy()
  return server
}

describe("the connection", () => {
  it("is one of the process, also for a module that is evaluated anew", async () => {
    const { id, proxy } = await live()
    const { connections } = proxy.counts
    vi.resetModules()
    const anew = await import("./redis-store")
    const { openStore: open } = await import("../../core/store")
    const store = open(anew.redisStore({ url: proxy.url }))
    await Promise.all(Array.from({ length: 50 }, () => store.load(id, () => {})))
    expect(proxy.counts.connections).toBe(connections)
  })

  it("is not opened before there is something to ask", async () => {
    const { connections } = running.proxy.counts
    const store = openStore(redisStore({ url: `${running.proxy.url}/1` }))
    await store.load("no id", () => {})
    expect(running.proxy.counts.connections).toBe(connections)
  })

  it("asks the database that the address names", async () => {
    const { id } = await live()
    const other = openStore(redisStore({ url: `${running.proxy.url}/1` }))
    expect(await other.load(id, () => {})).toBeUndefined()
  })

  it("comes back when it was broken while nobody asked", async () => {
    const { proxy, read } = await live()
    proxy.drop()
    expect(await read()).toMatchObject({ n: 1 })
  })

  it("keeps no process from ending, also when Redis is gone", async () => {
    const gone = await startRedis()
    const at = (timeoutMilliseconds: number) => openStore(redisStore({ url: gone.url, timeoutMilliseconds }))
    await at(60_000).load(randomSessionId(), () => {})
    await gone.stop()
    await at(300)
      .load(randomSessionId(), () => {})
      .catch(() => {})
    const connections = (globalThis as Record<symbol, Map<string, unknown> | undefined>)[
      Symbol.for("next-session-kit.redis-connections")
    ]
    await vi.waitFor(() => expect(connections?.has(gone.url)).toBe(false), patiently)
  })

  it("takes one round trip for each operation, and those of many requests at once", async () => {
    const { proxy, commit, read } = await live()
    proxy.setFault(undefined)
    await read()
    await commit({ add: { n: 1 } })
    expect(proxy.counts.commands).toBe(2)
    proxy.setFault({ kind: "slow", milliseconds: 100 })
    const started = performance.now()
    await Promise.all(Array.from({ length: 20 }, () => read()))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe("a connection that fails", () => {
  const faults = [
    { kind: "drop-before" },
    { kind: "drop-after" },
    { kind: "hang" },
    { kind: "half-open" },
    { kind: "slow", milliseconds: 1100 },
    { kind: "loading" },
    { kind: "readonly" },
    { kind: "odd" },
  ]

  it.each([...faults, { kind: "moved" }])(
    "is an error after bounded attempts, and never an empty session: $kind",
    async (fault) => {
      const { proxy, store, id, commit } = await live({ timeoutMilliseconds: 900 })
      for (const operation of [
        () => store.load(id, () => {}),
        () => commit({ put: { secret: "marmalade" } }),
        () => commit({}, nextSessionId(id)),
        () => store.destroy(id),
      ]) {
        proxy.setFault(fault)
        const started = performance.now()
        const error: Error = await operation().then(
          () => expect.unreachable(),
          (thrown) => thrown,
        )
        expect(error).toMatchObject(unavailable)
        // What is still reading its data is waited for: at once, after 50, 100, 200 and 400 ms at least, and at the end.
        expect(proxy.counts.commands).toBeLessThanOrEqual(fault.kind === "loading" ? 6 : 3)
        expect(performance.now() - started).toBeLessThan(1800)
        const told = `${error.stack} ${error.cause instanceof Error ? error.cause.stack : ""}`
        for (const secret of [id, "marmalade", proxy.url]) expect(told).not.toContain(secret)
      }
    },
  )

  it.each(faults)("is asked again when it fails once, and does nothing twice: $kind", async (fault) => {
    const { proxy, commit, read } = await live({ timeoutMilliseconds: 3000 })
    proxy.setFault({ ...fault, times: 1 })
    expect(await commit({ add: { n: 1 } })).toEqual({ sums: { n: 2 } })
    expect(await read()).toMatchObject({ n: 2 })
  })

  it("loses no session that was given its new id, nor a document its flash", async () => {
    const { proxy, store, id, commit, read } = await live()
    await commit({ flash: { f: { expiresAt: 9_999_999_999 } } })
    proxy.setFault({ kind: "drop-after", times: 1 })
    const taken = await store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    expect(taken?.flash).toHaveProperty("f")
    const next = nextSessionId(id)
    proxy.setFault({ kind: "drop-after", times: 1 })
    expect(await commit({ put: { b: 2 } }, next)).toEqual({ sums: {} })
    expect([await read(), await read(next)]).toEqual([undefined, { secret: "marmalade", n: 1, b: 2 }])
  })

  it("is given up when it is half open, instead of failing every request until the system notices", async () => {
    const { proxy, read } = await live({ timeoutMilliseconds: 1500 })
    proxy.setFault({ kind: "half-open", times: 1 })
    await read().catch(() => {})
    for (let times = 0; times < 5; times += 1) expect(await read()).toMatchObject({ n: 1 })
    expect(proxy.counts.commands).toBeLessThanOrEqual(1 + 3 + 5)
  })

  it("is given up when another machine has become the primary", async () => {
    const { proxy, read } = await live()
    const { connections } = proxy.counts
    proxy.setFault({ kind: "readonly", times: 1 })
    expect(await read()).toMatchObject({ n: 1 })
    expect(proxy.counts.connections).toBe(connections + 1)
  })

  it("waits for a Redis that restarts", async () => {
    const first = await startRedis()
    const { port } = first
    const store = openStore(redisStore({ url: first.url, timeoutMilliseconds: 60_000 }))
    await store.load(randomSessionId(), () => {})
    await first.stop()
    const waiting = store.load(randomSessionId(), () => {})
    const second = await startRedis({ port })
    expect(await waiting).toBeUndefined()
    await second.stop()
  })

  it("waits for a Redis that is still reading its data, and says so when it takes too long", async () => {
    const { proxy, read } = await live({ timeoutMilliseconds: 60_000 })
    proxy.setFault({ kind: "loading", times: 4 })
    expect(await read()).toMatchObject({ n: 1 })
    const soon = await live({ timeoutMilliseconds: 1500 })
    soon.proxy.setFault({ kind: "loading" })
    await expect(soon.read()).rejects.toMatchObject({ ...unavailable, cause: { kind: "LOADING" } })
  })

  it("reads a Redis that is full, messages too, and a write is an error", async () => {
    const full = await startRedis()
    const inspect = await createClient({ url: full.url }).connect()
    const store = openStore(redisStore({ url: full.url }))
    const id = randomSessionId()
    const meta = { createdAt: 0, expiresAt: 9_999_999_999 }
    const flash = { f: { expiresAt: 9_999_999_999 }, g: { expiresAt: 9_999_999_999 }, over: { expiresAt: 1 } }
    await store.save(id, { a: 1 }, flash, meta)
    await inspect.sendCommand(["CONFIG", "SET", "maxmemory", "1"])
    const take = () => store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    expect(await take()).toMatchObject({ data: { a: 1 }, flash: { f: {} } })
    expect((await store.load(id, () => {}))?.data).toEqual({ a: 1 })
    const changes = { ...noChange, put: { a: 2 } }
    const commit = { from: id, id, wipe: false, data: {}, flash: {}, changes, meta }
    await expect(store.commit(commit)).rejects.toMatchObject({ ...unavailable, cause: { kind: "OOM" } })
    await inspect.sendCommand(["CONFIG", "SET", "maxmemory", "0"])
    expect((await take())?.flash).toHaveProperty("f")
    expect((await take())?.flash).not.toHaveProperty("f")
    inspect.destroy()
    await full.stop()
  })

  it("says what keeps it from being one", async () => {
    const gone = await startRedis()
    await gone.stop()
    const store = openStore(redisStore({ url: gone.url, timeoutMilliseconds: 3000 }))
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      ...unavailable,
      cause: { message: expect.stringContaining("ECONNREFUSED") },
    })
  })

  it.each([
    ["", "NOAUTH"],
    [":hunter2", "WRONGPASS"],
    ["nobody:hunter2", "WRONGPASS"],
  ])("says so when Redis wants another password than %j", async (given, kind) => {
    const guarded = await guardedRedis()
    const url = `redis://${given}${given && "@"}127.0.0.1:${guarded.port}`
    const store = openStore(redisStore({ url }))
    const meta = { createdAt: 0, expiresAt: 4_000_000_000 }
    for (const operation of [
      () => store.load(randomSessionId(), () => {}),
      () => store.save(randomSessionId(), { a: 1 }, {}, meta),
    ]) {
      await expect(operation()).rejects.toMatchObject({ ...unavailable, cause: { kind } })
    }
    await guarded.stop()
  })

  it("is not tried with a wrong password for as long as a request may take, and tells it to nobody", async () => {
    const { server } = running
    const inspect = await createClient({ url: server.url }).connect()
    await inspect.sendCommand(["ACL", "SETUSER", "app", "on", ">right", "~*", "+@all"])
    const at = (password: string) =>
      openStore(redisStore({ url: `redis://app:${password}@127.0.0.1:${server.port}` }))
    expect(await at("right").load(randomSessionId(), () => {})).toBeUndefined()
    const refused = at("hunter2")
    const load = () => refused.load(randomSessionId(), () => {}).catch((thrown: unknown) => thrown)
    await load()
    const started = performance.now()
    const error = await load()
    expect(performance.now() - started).toBeLessThan(500)
    expect(error).toMatchObject({ ...unavailable, cause: { name: "RedisReplyError", kind: "WRONGPASS" } })
    const { stack, cause } = error as Error
    expect(`${stack} ${cause instanceof Error ? cause.stack : ""}`).not.toContain("hunter2")
    inspect.destroy()
  })
})

describe("the check at start", () => {
  it("is passed by a Redis that can be asked, and by one that is away", async () => {
    const { proxy } = running
    const prepare = (timeoutMilliseconds = 5000) =>
      openStore(redisStore({ url: `${proxy.url}/2`, timeoutMilliseconds })).prepare()
    await prepare()
    proxy.setFault({ kind: "loading" })
    await prepare(300)
    proxy.setFault({ kind: "hang" })
    await prepare(300)
    proxy.setFault(undefined)
    const gone = await startRedis()
    await gone.stop()
    await openStore(redisStore({ url: gone.url, timeoutMilliseconds: 300 })).prepare()
  })

  it("is not passed where every request would be refused", async () => {
    const { port, stop } = await guardedRedis(
      ["ACL", "SETUSER", "mute", "on", ">right", "~*", "+@all", "-@scripting"],
      ["ACL", "SETUSER", "stranger", "on", ">right", "~other:*", "+@all"],
    )
    const refused = [
      [`127.0.0.1:${port}`, "NOAUTH"],
      [`:hunter2@127.0.0.1:${port}`, "WRONGPASS"],
      [`mute:right@127.0.0.1:${port}`, "NOPERM"],
      [`stranger:right@127.0.0.1:${port}`, "NOPERM"],
      [`:right@127.0.0.1:${port}/99`, "no database of the number"],
    ] as const
    for (const [address, said] of refused) {
      const url = `redis://${address}`
      const client = new Redis(url, { lazyConnect: true })
      // ioredis goes on in database 0.
      const stores = url.endsWith("/99") ? [] : [redisStore({ client })]
      for (const store of [redisStore({ url }), ...stores]) {
        await expect(openStore(store).prepare()).rejects.toMatchObject({
          ...unavailable,
          cause: { message: expect.stringContaining(said) },
        })
      }
      client.disconnect()
    }
    await openStore(redisStore({ url: `redis://:right@127.0.0.1:${port}` })).prepare()
    await stop()
  })
})

describe("a client of the app's own", () => {
  it("is connected when nobody did, and ends nothing when it fails", async () => {
    const gone = await startRedis()
    const client = createClient({ url: gone.url })
    expect(await openStore(redisStore({ client })).load(randomSessionId(), () => {})).toBeUndefined()
    await gone.stop()
    const store = openStore(redisStore({ client, timeoutMilliseconds: 600 }))
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject(unavailable)
    client.destroy()
  })

  it("is listened to once, however often the store is made for it", () => {
    const client = createClient({ url: running.server.url })
    const other = new Redis(running.server.url, { lazyConnect: true })
    for (let times = 0; times < 20; times += 1)
      for (const each of [client, other]) redisStore({ client: each })
    expect([client.listenerCount("error"), other.listenerCount("error")]).toEqual([1, 1])
  })

  it.each([
    ["redis", () => createClient({ url: running.proxy.url })],
    ["ioredis", () => new Redis(running.proxy.url)],
  ])("tells no log what it was sent: %s", async (_, make) => {
    const client = make()
    const { server } = running
    const store = openStore(redisStore({ client, prefix: "string:" }))
    const id = randomSessionId()
    await store.save(id, { a: "marmalade" }, {}, { createdAt: 0, expiresAt: 4_000_000_000 })
    const inspect = await createClient({ url: server.url }).connect()
    const [key = ""] = (await inspect.keys("string:*")).filter((name) => !name.includes("answer:"))
    await inspect.set(key, "not a hash")
    const error = await store.load(id, () => {}).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ cause: { name: "RedisReplyError", kind: "WRONGTYPE" } })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(key)
    await inspect.del(await inspect.keys("string:*"))
    inspect.destroy()
    await (client instanceof Redis ? client.quit() : client.close())
  })

  it.each(ownClients)("says what its server refuses, and who does not answer: %s", async (_, make) => {
    const guarded = await guardedRedis()
    const client = make(`redis://:hunter2@127.0.0.1:${guarded.port}`)
    const store = openStore(redisStore({ client, timeoutMilliseconds: 1500 }))
    const load = () => store.load(randomSessionId(), () => {})
    const save = () => store.save(randomSessionId(), { a: 1 }, {}, { createdAt: 0, expiresAt: 9_999_999_999 })
    for (const operation of [save, load])
      await expect(operation()).rejects.toMatchObject({ ...unavailable, cause: { kind: "WRONGPASS" } })
    await guarded.stop()
    await vi.waitFor(
      () =>
        expect(load()).rejects.toMatchObject({ cause: { message: expect.stringContaining("ECONNREFUSED") } }),
      patiently,
    )
    leave(client)
  })

  it.each(ownClients)(
    "goes on when its server was away, and has forgotten the scripts: %s",
    async (_, make) => {
      const first = await startRedis()
      const { port } = first
      const client = make(first.url)
      const load = () =>
        openStore(redisStore({ client, timeoutMilliseconds: 1000 })).load(randomSessionId(), () => {})
      expect(await load()).toBeUndefined()
      await first.stop()
      await expect(load()).rejects.toMatchObject(unavailable)
      const second = await startRedis({ port })
      await vi.waitFor(async () => expect(await load()).toBeUndefined(), patiently)
      leave(client)
      await second.stop()
    },
  )

  it("that was closed is told as such", async () => {
    const client = new Redis(running.server.url)
    const store = openStore(redisStore({ client, timeoutMilliseconds: 600 }))
    client.disconnect()
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      ...unavailable,
      cause: { message: "the client is closed" },
    })
  })

  it("ends with its command, whether the store gave it up or not", async () => {
    const client = new Redis(running.proxy.url, { maxRetriesPerRequest: 0 })
    const store = openStore(redisStore({ client, timeoutMilliseconds: 300 }))
    running.proxy.setFault({ kind: "hang" })
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject(unavailable)
    running.proxy.setFault(undefined)
    client.disconnect()
    await vi.waitFor(() => expect(client.status).toBe("end"), patiently)
  })
})

describe("what is given", () => {
  it.each([
    { url: "redis://" },
    { url: "redis://127.0.0.1:6379/sessions" },
    { url: "redis://user:p%@ss/word@host" },
    { url: "redis://user:100%@host" },
    { url: "redis://127.0.0.1:6379", token: "t" },
  ])("is refused when it is no address, without repeating it: %j", async (options) => {
    const error = await openStore(redisStore(options))
      .load(randomSessionId(), () => {})
      .catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: "SESSION_OPTIONS_INVALID" })
    expect(String(error)).not.toContain(options.url.slice(8) || "nothing")
  })

  it("is one way to the database, not two", () => {
    const send = async () => null
    const client = running.clients["a client of ioredis"]
    for (const options of [
      { send, client },
      { client, url: "redis://host" },
      { send, token: "t" },
    ]) {
      // @ts-expect-error one of them
      expect(() => redisStore(options)).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
    }
  })

  it("is never another one than was meant: a client that is not there", () => {
    // @ts-expect-error a client or none
    expect(() => redisStore({ client: undefined })).toThrow("redisStore({ client }) was given undefined")
    // @ts-expect-error a function or none
    expect(() => redisStore({ send: undefined })).toThrow("redisStore({ send }) was given undefined")
  })

  it("is a client that the store knows", () => {
    for (const client of [{}, null, "redis://host", { sendCommand() {} }]) {
      // @ts-expect-error a client is told by what it can do
      expect(() => redisStore({ client })).toThrow(
        expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }),
      )
    }
  })

  it("is not a client of Sentinel's, which takes other arguments", () => {
    const client = createSentinel({
      name: "mymaster",
      sentinelRootNodes: [{ host: "127.0.0.1", port: 26379 }],
    })
    // @ts-expect-error it has none of the three shapes
    expect(() => redisStore({ client })).toThrow("createSentinel")
  })

  it("is looked for in the environment, where Upstash comes first", async () => {
    const { proxy } = running
    for (const name of ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"]) vi.stubEnv(name, "")
    vi.stubEnv("REDIS_URL", proxy.url)
    proxy.setFault(undefined)
    const load = () => openStore(redisStore()).load(randomSessionId(), () => {})
    expect(await load()).toBeUndefined()
    const { commands } = proxy.counts
    expect(commands).toBeGreaterThan(0)
    vi.stubEnv("UPSTASH_REDIS_REST_URL", "https://db.example")
    await expect(load()).rejects.toMatchObject({ code: "SESSION_OPTIONS_INVALID" })
    expect(proxy.counts.commands).toBe(commands)
  })
})

describe("on the Edge runtime", () => {
  it("is refused where it is made, and both ways out are named", () => {
    vi.stubEnv("NEXT_RUNTIME", "edge")
    vi.stubEnv("UPSTASH_REDIS_REST_URL", "")
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "")
    vi.stubEnv("REDIS_URL", "redis://host")
    const client = running.clients["a client of ioredis"]
    for (const options of [{}, { client }, { url: "rediss://host" }]) {
      expect(() => redisStore(options)).toThrow(/proxy\.ts.*runtime: "nodejs".*SESSION_STORE_NEEDS_NODE/s)
    }
  })

  it("is not refused by HTTP", () => {
    vi.stubEnv("NEXT_RUNTIME", "edge")
    expect(() => redisStore({ url: "https://db.example", token: "t" })).not.toThrow()
    expect(() => redisStore({ send: async () => null })).not.toThrow()
  })
})
