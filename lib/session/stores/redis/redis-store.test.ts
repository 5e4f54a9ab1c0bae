import { createServer } from "node:http"
import { createClient, ErrorReply } from "redis"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { useBridge, token } from "../../test-support/redis/use-bridge"
import type { SessionChanges } from "../../core/changes"
import type { JsonObject } from "../../core/json"
import { nextSessionId, randomSessionId, tagOfSession } from "../../core/random-id"
import { openStore } from "../../core/store"
import { comparesToMemory } from "../../test-support/compare-to-memory"
import { freePort } from "../../test-support/free-port.mjs"
import { createClock } from "../../testing/clock"
import { storeSuite } from "../../testing/store-suite"
import { RedisReplyError, type SendCommand } from "./commands"
import { redisStore, type RedisStoreOptions } from "./redis-store"
import { sha256 } from "../sha256"
import { upstashCommands } from "./upstash"

const running = useBridge()
let inspect: ReturnType<typeof createClient>

beforeAll(async () => {
  inspect = createClient({ url: running.server.url })
  await inspect.connect()
})
afterAll(() => inspect.destroy())

storeSuite({
  name: "redisStore",
  create: ({ now }) => redisStore({ now, url: running.bridge.url, token }),
  serverSide: true,
  atomic: true,
})

/** As docs/stores.md shows it. */
storeSuite({
  name: "redisStore with another client",
  create: ({ now }) =>
    redisStore({
      now,
      send: (command) =>
        inspect.sendCommand([...command]).catch((error: unknown) => {
          throw error instanceof ErrorReply ? new RedisReplyError(error.message) : error
        }),
    }),
  serverSide: true,
  atomic: true,
})

const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }

/** A store and a live session in it; the scripts are known to the server already. */
async function live(
  data: JsonObject = {},
  options: Pick<RedisStoreOptions, "timeoutMilliseconds" | "now" | "prefix"> = {},
) {
  const { bridge } = running
  const store = openStore(redisStore({ url: bridge.url, token, ...options }))
  const now = Math.floor((options.now ?? Date.now)() / 1000)
  const meta = { createdAt: now, expiresAt: now + 3600 }
  const id = randomSessionId()
  // However short the time that is tested: another test may keep the machine busy.
  const patient = openStore(redisStore({ url: bridge.url, token, ...options, timeoutMilliseconds: 30_000 }))
  await patient.save(id, data, {}, meta)
  await store.load(id, () => {})
  bridge.resetStats()
  const commit = (changes: Partial<SessionChanges>, to = id) =>
    store.commit({
      from: id,
      id: to,
      wipe: false,
      data: {},
      flash: {},
      changes: { ...noChange, ...changes },
      meta,
    })
  return { bridge, store, id, meta, commit, read: async (of = id) => (await store.load(of, () => {}))?.data }
}

describe("requests", () => {
  it("takes one for each operation", async () => {
    const { bridge, store, id, commit } = await live({ a: 1 })
    const requests = async (operation: () => unknown) => {
      bridge.resetStats()
      await operation()
      return bridge.stats().requests
    }
    const flash = { f: { expiresAt: 9_999_999_999 } }
    expect(await requests(() => store.load(id, () => {}))).toBe(1)
    expect(await requests(() => commit({ put: { b: 1 }, forget: ["a"], add: { n: 1 }, flash }))).toBe(1)
    expect(await requests(() => store.take(id, [{ id: "f", by: "document", over: [] }], () => {}))).toBe(1)
    expect(await requests(() => commit({}))).toBe(1)
    const moved = randomSessionId()
    expect(await requests(() => commit({ put: { b: 2 } }, moved))).toBe(1)
    expect(await requests(() => store.destroy(moved))).toBe(1)
  })

  it("takes a few more to end a session that has another id by now, or none", async () => {
    const { bridge, store, id, commit } = await live({ a: 1 })
    await commit({}, randomSessionId())
    bridge.resetStats()
    await store.destroy(id)
    expect(bridge.stats().last.map(({ command }) => command)).toEqual(["DEL", "GET", "DEL"])
    bridge.resetStats()
    await store.destroy(randomSessionId())
    expect(bridge.stats().last.map(({ command }) => command)).toEqual(["DEL", "GET"])
  })

  it("takes none for what is no id", async () => {
    const { bridge, store } = await live()
    for (const value of ["", "x", "A".repeat(31), "A".repeat(33), `${"A".repeat(31)}\n`]) {
      await store.load(value, () => {})
    }
    expect(bridge.stats().requests).toBe(0)
  })

  it("sends a script's text once to a server that does not have it, and its hash from then on", async () => {
    await inspect.sendCommand(["SCRIPT", "FLUSH"])
    const { bridge } = running
    const store = openStore(redisStore({ url: bridge.url, token }))
    const commands = async () => {
      bridge.resetStats()
      await store.load(randomSessionId(), () => {})
      return bridge.stats().last.map(({ command }) => command)
    }
    expect(await commands()).toEqual(["EVALSHA", "EVAL", "EVAL"])
    expect(await commands()).toEqual(["EVALSHA"])
  })

  it("sends only what changed: less than 1 KB for one key of a 64 KB session", async () => {
    const data = Object.fromEntries(Array.from({ length: 64 }, (_, key) => [`key${key}`, "x".repeat(1024)]))
    const { bridge, commit, read } = await live(data)
    await commit({ put: { key7: "changed" } })
    expect(bridge.stats().bytes).toBeLessThan(1024)
    expect(await read()).toEqual({ ...data, key7: "changed" })
  })

  it("holds values of any size the server takes", async () => {
    const { commit, read } = await live()
    await commit({ put: { big: "ü".repeat(200_000) } })
    expect(await read()).toEqual({ big: "ü".repeat(200_000) })
  })

  it.each([
    "ERR Unexpected flag in script shebang: allow-key-locking",
    "ERR Error compiling script (new function): user_script:1: unexpected symbol near '#'",
  ])("goes without that flag where the server refuses it: %s", async (refusal) => {
    const send: SendCommand = async ([name, text]) => {
      if (name === "EVALSHA") throw new RedisReplyError("NOSCRIPT No matching script")
      if (text?.startsWith("#!")) throw new RedisReplyError(refusal)
      return "none"
    }
    const reasons: string[] = []
    await openStore(redisStore({ send })).load(randomSessionId(), (reason) => reasons.push(reason))
    expect(reasons).toEqual(["unknown"])
  })

  it.each([
    "ERR unknown command 'compiling', with args beginning with: 'ERR Error compiling script'",
    "OOM command not allowed, shebang, compiling script",
  ])("keeps the flag, whatever words a stored value brings into an error: %s", async (refusal) => {
    const first: (string | undefined)[] = []
    const send: SendCommand = async ([name, text]) => {
      if (name === "EVALSHA") throw new RedisReplyError("NOSCRIPT No matching script")
      first.push(text?.split("\n")[0])
      throw new RedisReplyError(refusal)
    }
    const store = openStore(redisStore({ send }))
    for (const id of [randomSessionId(), randomSessionId()]) {
      await expect(store.load(id, () => {})).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
    }
    expect(first).toEqual(Array(2).fill("#!lua flags=allow-key-locking"))
  })

  it("is made once at start, and fails it where every other one would be refused", async () => {
    const commands: string[] = []
    const preparing = (error?: Error) =>
      openStore(
        redisStore({
          timeoutMilliseconds: 300,
          async send([name = ""]) {
            commands.push(name)
            if (error !== undefined) throw error
            return "none"
          },
        }),
      ).prepare()
    await preparing()
    expect(commands).toEqual(["EVALSHA"])
    for (const text of ["NOAUTH a", "WRONGPASS b", "NOPERM c", "MOVED d", "ERR unknown command"]) {
      const code = "SESSION_STORE_UNAVAILABLE"
      await expect(preparing(new RedisReplyError(text))).rejects.toMatchObject({ code })
    }
    for (const error of [new RedisReplyError("LOADING"), new RedisReplyError("OOM"), new Error("gone")]) {
      await preparing(error)
    }
  })

  it("says what kept it, when time is over while it is asked a last time", async () => {
    const start = performance.now()
    const send: SendCommand = async () => {
      if (performance.now() - start > 900) return new Promise(() => {})
      throw new RedisReplyError("LOADING Redis is loading the dataset in memory")
    }
    const store = openStore(redisStore({ send, timeoutMilliseconds: 1200 }))
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
      cause: { kind: "LOADING" },
    })
  })

  it("uses Upstash's flag for scripts, where the server knows it", async () => {
    const commands: string[][] = []
    const send: SendCommand = async (command) => {
      commands.push([...command])
      if (command[0] === "EVALSHA") throw new RedisReplyError("NOSCRIPT No matching script")
      return "none"
    }
    await openStore(redisStore({ send })).load(randomSessionId(), () => {})
    expect(commands.map(([name, text]) => [name, text?.split("\n")[0]])).toEqual([
      ["EVALSHA", expect.stringMatching(/^[0-9a-f]{40}$/)],
      ["EVAL", "#!lua flags=allow-key-locking"],
    ])
  })
})

describe("ids of an earlier version, which have no tag", () => {
  const old = () => randomSessionId().slice(-32)

  it("load, change and end", async () => {
    const { store, meta } = await live()
    const id = old()
    await store.save(id, { userId: "ada" }, {}, meta)
    const changes = { ...noChange, put: { n: 1 } }
    const commit = { from: id, id, wipe: false, data: {}, flash: {}, changes, meta }
    expect(await store.commit(commit)).toEqual({ sums: {} })
    expect((await store.load(id, () => {}))?.data).toEqual({ userId: "ada", n: 1 })
    await store.destroy(id)
    expect(await store.load(id, () => {})).toBeUndefined()
  })

  it.each([true, false])("give way to ids that have one; wiped: %s", async (wipe) => {
    const { store, meta } = await live()
    const id = old()
    await store.save(id, { userId: "ada" }, {}, meta)
    const next = nextSessionId(id)
    await store.commit({ from: id, id: next, wipe, data: { n: 1 }, flash: {}, changes: noChange, meta })
    expect(await store.load(id, () => {})).toBeUndefined()
    expect((await store.load(next, () => {}))?.data).toEqual(wipe ? { n: 1 } : { userId: "ada" })
  })
})

describe("what Redis holds", () => {
  it("names no session by its id, and lives as long as the session", async () => {
    const { id, meta } = await live({ a: 1 }, { prefix: "ttl-test:" })
    const keys = await inspect.keys("ttl-test:*")
    expect(keys.join()).not.toContain(id)
    const key = keys.find((name) => !name.includes("answer:")) ?? ""
    expect(key).toMatch(/^ttl-test:\{[\w-]{4}\}[\w-]{43}$/)
    const left = await inspect.ttl(key)
    expect(left).toBeGreaterThan(3590)
    expect(left).toBeLessThanOrEqual(meta.expiresAt - meta.createdAt)
    for (const answer of keys.filter((name) => name !== key)) {
      expect(await inspect.ttl(answer)).toBeGreaterThan(0)
    }
  })

  it("notes for a minute where a session went, by hashes alone", async () => {
    const { id, commit } = await live({ a: 1 }, { prefix: "moved-test:" })
    const next = nextSessionId(id)
    await commit({}, next)
    const [note = ""] = await inspect.keys("moved-test:moved:*")
    const key = await inspect.get(note)
    expect(key).toMatch(/^moved-test:\{[\w-]{4}\}[\w-]{43}$/)
    expect(await inspect.exists(key ?? "")).toBe(1)
    expect(`${note} ${key}`).not.toContain(id)
    expect(`${note} ${key}`).not.toContain(next)
    expect(await inspect.ttl(note)).toBeGreaterThan(50)
    expect(await inspect.ttl(note)).toBeLessThanOrEqual(60)
  })

  it("keeps no delivery that is over beyond the next read, be it a page's or a commit's", async () => {
    const clock = createClock(Math.floor(Date.now() / 1000) * 1000)
    const { store, id, commit } = await live({ a: 1 }, { prefix: "over-test:", now: clock.now })
    const [key = ""] = (await inspect.keys("over-test:*")).filter((name) => !name.includes("answer:"))
    const now = clock.now() / 1000
    const text = "x".repeat(10_000)
    const flash = { read: { expiresAt: now + 300, text }, missed: { expiresAt: now + 30, text } }
    await commit({ flash })
    await store.take(id, [{ id: "read", by: "document", over: [] }], () => {})
    expect((await inspect.hKeys(key)).toSorted()).toEqual(
      ["claim:read", 'data:"a"', "due", "flash:missed", "flash:read", "meta"].toSorted(),
    )
    clock.advance(30)
    await store.take(id, [], () => {})
    expect(await inspect.hExists(key, "flash:missed")).toBe(0)
    expect(await inspect.hGet(key, "due")).toBe(String(now + 60))
    clock.advance(30)
    await store.take(id, [], () => {})
    expect((await inspect.hKeys(key)).toSorted()).toEqual(['data:"a"', "meta"])
  })

  it("leaves deliveries of an entry that an earlier version wrote to the next commit", async () => {
    const clock = createClock(Math.floor(Date.now() / 1000) * 1000)
    const { store, id, commit } = await live({}, { prefix: "old-test:", now: clock.now })
    const [key = ""] = (await inspect.keys("old-test:*")).filter((name) => !name.includes("answer:"))
    await commit({ flash: { f: { expiresAt: clock.now() / 1000 + 30 } } })
    await inspect.hDel(key, "due")
    clock.advance(30)
    expect(await store.take(id, [], () => {})).toMatchObject({ flash: { f: {} }, expired: {} })
    await commit({ dropFlash: ["f"] })
    expect(await inspect.hKeys(key)).toEqual(["meta"])
  })

  it("moves its expiry with each commit, unless the session is gone", async () => {
    const clock = createClock(Date.now())
    const { store, id } = await live({}, { prefix: "touch-test:", now: clock.now })
    const [key = ""] = (await inspect.keys("touch-test:*")).filter((name) => !name.includes("answer:"))
    const commit = (secondsToLive: number) => {
      const meta = { createdAt: 0, expiresAt: Math.floor(clock.now() / 1000) + secondsToLive }
      return store.commit({ from: id, id, wipe: false, data: {}, flash: {}, changes: noChange, meta })
    }
    await commit(100)
    expect(await inspect.ttl(key)).toBeGreaterThan(90)
    expect(await inspect.ttl(key)).toBeLessThanOrEqual(101)
    await commit(5000)
    expect(await inspect.ttl(key)).toBeGreaterThan(4990)
    await inspect.del(key)
    expect(await commit(100)).toBeUndefined()
    expect(await inspect.exists(key)).toBe(0)
  })

  it("is left alone when it is none of ours", async () => {
    const { store, id, read } = await live({ a: 1, b: 2 }, { prefix: "broken-test:" })
    const [key = ""] = (await inspect.keys("broken-test:*")).filter((name) => !name.includes("answer:"))
    await inspect.hSet(key, 'data:"a"', "{ not JSON")
    expect(await read()).toEqual({ b: 2 })
    await inspect.hSet(key, "meta", "nonsense")
    const reasons: string[] = []
    expect(await store.load(id, (reason) => reasons.push(reason))).toBeUndefined()
    expect(reasons).toEqual(["unknown"])
  })
})

describe("an answer that was lost", () => {
  const isExecuted = { kind: "drop-after", times: 1 }

  it("does not repeat what was carried out: an addition counts once", async () => {
    const { bridge, commit, read } = await live({ n: 1 })
    bridge.setFaults(isExecuted)
    expect(await commit({ add: { n: 1 } })).toEqual({ sums: { n: 2 } })
    expect(await read()).toEqual({ n: 2 })
  })

  it("does not lose a session that was given its new id", async () => {
    const { bridge, commit, read } = await live({ a: 1 })
    const id = randomSessionId()
    bridge.setFaults(isExecuted)
    expect(await commit({ put: { b: 2 } }, id)).toEqual({ sums: {} })
    expect([await read(), await read(id)]).toEqual([undefined, { a: 1, b: 2 }])
  })

  it("does not undo what another request wrote meanwhile", async () => {
    const { bridge, commit, read } = await live({ a: 1 })
    // The first attempt is carried out and its answer lost; the second is held back until the other wrote.
    bridge.setFaults([
      { ...isExecuted, match: "mine" },
      { kind: "delay", milliseconds: 100, match: "mine" },
    ])
    const mine = commit({ put: { a: "mine" } })
    await vi.waitFor(() => expect(bridge.stats().requests).toBe(2))
    await commit({ put: { a: "other" } })
    expect(await mine).toEqual({ sums: {} })
    expect(await read()).toEqual({ a: "other" })
  })

  it("does not cost a document its flash", async () => {
    const { bridge, store, id, commit } = await live()
    await commit({ flash: { f: { expiresAt: 9_999_999_999 } } })
    bridge.setFaults(isExecuted)
    const taken = await store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    expect(taken?.flash).toHaveProperty("f")
    const second = await store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    expect(second?.flash).not.toHaveProperty("f")
  })

  it("does not keep a session alive that was destroyed", async () => {
    const { bridge, store, id, read } = await live({ a: 1 })
    bridge.setFaults(isExecuted)
    await store.destroy(id)
    expect(await read()).toBeUndefined()
  })
})

describe("upstashCommands", () => {
  it("stops waiting for the command whose signal says so, and for no other", async () => {
    const { bridge } = running
    const send = upstashCommands({ url: bridge.url, token })
    bridge.setFaults([{ kind: "delay", milliseconds: 300 }])
    const [first, second] = [new AbortController(), new AbortController()]
    const answers = [first, second].map(({ signal }, at) => send(["ECHO", String(at)], signal))
    first.abort()
    const [aborted, answered] = await Promise.allSettled(answers)
    expect(aborted).toMatchObject({ status: "rejected", reason: { message: "no answer in time" } })
    expect(answered).toEqual({ status: "fulfilled", value: "1" })
  })
})

describe("a Redis that does not answer", () => {
  const faults = [
    { kind: "drop-before" },
    { kind: "drop-after" },
    { kind: "429" },
    { kind: "503-json" },
    { kind: "503-html" },
    { kind: "200-html" },
    { kind: "401" },
    { kind: "hang" },
    { kind: "slow-body" },
  ]

  it.each(faults)("is an error after bounded attempts, and never an empty session: $kind", async (fault) => {
    const { bridge, store, id, commit } = await live({ secret: "marmalade" }, { timeoutMilliseconds: 900 })
    bridge.setFaults(fault)
    const started = performance.now()
    for (const operation of [
      () => store.load(id, () => {}),
      () => commit({ put: { secret: "marmalade" } }),
      () => commit({}, randomSessionId()),
      () => store.destroy(id),
    ]) {
      bridge.resetStats()
      const error: Error = await operation().then(
        () => expect.unreachable(),
        (thrown) => thrown,
      )
      expect(error).toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
      expect(bridge.stats().requests).toBeLessThanOrEqual(3)
      const told = `${error.stack} ${error.cause instanceof Error ? error.cause.stack : ""}`
      for (const secret of [id, "marmalade", token, "Bearer", "<h1>"]) expect(told).not.toContain(secret)
    }
    expect(performance.now() - started).toBeLessThan(4 * 1800)
  })

  it.each(faults.filter(({ kind }) => kind !== "401"))(
    "is asked again when it fails once: $kind",
    async (fault) => {
      const { bridge, commit, read } = await live({ n: 1 }, { timeoutMilliseconds: 1500 })
      bridge.setFaults({ ...fault, times: 1 })
      expect(await commit({ add: { n: 1 } })).toEqual({ sums: { n: 2 } })
      bridge.clearFaults()
      expect(await read()).toEqual({ n: 2 })
    },
  )

  it.each([1000, 1000.5, 5000])(
    "is reached with a timeout of %d ms, which three do not divide",
    async (timeoutMilliseconds) => {
      const { read } = await live({ n: 1 }, { timeoutMilliseconds })
      expect(await read()).toEqual({ n: 1 })
    },
  )

  it("gives an operation one deadline, also when its script has to be sent in two more ways", async () => {
    const slowly = (refusal: string) =>
      new Promise((_, reject) => {
        setTimeout(() => reject(new RedisReplyError(refusal)), 90)
      })
    const send: SendCommand = ([name, text]) => {
      if (name === "EVALSHA") return slowly("NOSCRIPT No matching script")
      if (text?.startsWith("#!")) return slowly("ERR Unexpected flag in script shebang: allow-key-locking")
      return new Promise(() => {})
    }
    const store = openStore(redisStore({ send, timeoutMilliseconds: 300 }))
    const started = performance.now()
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
    })
    // Three deadlines would be 500 ms: 180, and three attempts of 100 each.
    expect(performance.now() - started).toBeLessThan(400)
  })

  it("counts the failures of an operation, whichever of its commands they met", async () => {
    const commands: string[] = []
    const send: SendCommand = async ([name = ""]) => {
      commands.push(name)
      if (commands.length === 2) throw new RedisReplyError("NOSCRIPT No matching script")
      throw new Error("gone")
    }
    await expect(openStore(redisStore({ send })).load(randomSessionId(), () => {})).rejects.toThrow(
      "SESSION_STORE_UNAVAILABLE",
    )
    expect(commands).toEqual(["EVALSHA", "EVALSHA", "EVAL", "EVAL"])
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "200" as unknown as number])(
    "is never waited for %d ms",
    (timeoutMilliseconds) => {
      const make = () => redisStore({ timeoutMilliseconds })
      expect(make).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
      expect(make).toThrow("timeoutMilliseconds")
    },
  )

  it("is waited for when nobody listens yet", async () => {
    const port = await freePort("127.0.0.1")
    const at = (timeoutMilliseconds: number) =>
      openStore(redisStore({ url: `http://127.0.0.1:${port}`, token, timeoutMilliseconds }))
    await expect(at(300).load(randomSessionId(), () => {})).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
      cause: { message: expect.stringContaining("ECONNREFUSED") },
    })
    const waiting = at(60_000).load(randomSessionId(), () => {})
    const server = createServer((_, response) => response.end(JSON.stringify({ result: "none" })))
    server.listen(port, "127.0.0.1")
    expect(await waiting).toBeUndefined()
    server.close()
  })

  it("is not asked again when Redis itself said no", async () => {
    const { bridge, store, id } = await live({ a: 1 }, { prefix: "string:" })
    const [key = ""] = (await inspect.keys("string:*")).filter((name) => !name.includes("answer:"))
    await inspect.set(key, "not a hash")
    bridge.resetStats()
    const failed = store.load(id, () => {})
    await expect(failed).rejects.toMatchObject({ cause: { name: "RedisReplyError", kind: "WRONGTYPE" } })
    expect(bridge.stats().requests).toBe(1)
  })

  it("keeps its deadline for a client that has none", async () => {
    const store = openStore(redisStore({ send: () => new Promise(() => {}), timeoutMilliseconds: 50 }))
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
    })
  })
})

describe("what is missing", () => {
  it.each([
    [{}, "UPSTASH_REDIS_REST_TOKEN"],
    [{ url: "https://db.example" }, "redisStore({ token }) is missing"],
    [{ url: "https://db.example", token: undefined }, "redisStore({ token }) is missing"],
    [{ token: "t" }, "redisStore({ url }) is missing"],
    [{ url: "db.example", token: "t" }, "redisStore({ url, token })"],
    [{ url: "https://db.example", token: "two words" }, "redisStore({ url, token })"],
  ] as [RedisStoreOptions, string][])("is named at first use: %j", async (options, text) => {
    vi.stubEnv("UPSTASH_REDIS_REST_URL", "")
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "")
    const store = openStore(redisStore(options))
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      code: "SESSION_OPTIONS_INVALID",
      message: expect.stringContaining(text),
    })
  })

  it("is a compile error: a token without its address", () => {
    // @ts-expect-error url
    redisStore({ token: "t" })
  })
})

it.each([
  { url: undefined, token: "t" },
  { url: "https://db.example", token: undefined },
])("takes no other database for what was given as undefined: %j", async (options) => {
  vi.stubEnv("UPSTASH_REDIS_REST_URL", "https://other.example")
  vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "other")
  await expect(openStore(redisStore(options)).load(randomSessionId(), () => {})).rejects.toMatchObject({
    code: "SESSION_OPTIONS_INVALID",
  })
})

describe("against the memory store", () => {
  // Thousands of requests, on a machine that may do other things.
  it("comes to the same, whatever is done", async () => {
    const { bridge } = running
    await comparesToMemory({
      create: ({ now }) => redisStore({ url: bridge.url, token, now, timeoutMilliseconds: 30_000 }),
      /** Fields of the hash; Redis forgets notes and sessions by its own clock. */
      async held(id) {
        const fields = await inspect.hKeys(`session:{${tagOfSession(id)}}${await sha256(id)}`)
        return fields.filter((field) => /^(flash|claim):/.test(field))
      },
      runs: 150,
    })
  }, 120_000)
})
