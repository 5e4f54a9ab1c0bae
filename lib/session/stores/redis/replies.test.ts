import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { createClient, ErrorReply } from "redis"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { token, useBridge } from "../../test-support/redis/use-bridge"
import type { SessionChanges } from "../../core/changes"
import { nextSessionId, randomSessionId } from "../../core/random-id"
import { openStore, type SessionCommit } from "../../core/store"
import { RedisReplyError, type SendCommand } from "./commands"
import { redisStore } from "./redis-store"

const running = useBridge()
let client: ReturnType<typeof createClient>

beforeAll(async () => {
  client = createClient({ url: running.server.url })
  await client.connect()
})
afterAll(() => client.destroy())

const ask: SendCommand = (command) =>
  client.sendCommand([...command]).catch((error: unknown) => {
    throw error instanceof ErrorReply ? new RedisReplyError(error.message) : error
  })

const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }

/** A live session, and a store on the same Redis for which `answer` is what comes of each command. */
async function live(answer: (command: readonly string[], reply: unknown) => unknown) {
  const send: SendCommand = async (command, signal) => answer(command, await ask(command, signal))
  const [real, odd] = [ask, send].map((each) => openStore(redisStore({ send: each })))
  if (real === undefined || odd === undefined) throw new Error("two stores were made")
  const id = randomSessionId()
  const now = Math.floor(Date.now() / 1000)
  const meta = { createdAt: now, expiresAt: now + 3600 }
  await real.save(id, { n: 1 }, {}, meta)
  const commit = (changes: Partial<SessionChanges>, given: Partial<SessionCommit> = {}) =>
    odd.commit({
      from: id,
      id,
      wipe: false,
      data: { n: 1 },
      flash: {},
      changes: { ...noChange, ...changes },
      meta,
      ...given,
    })
  return { real, odd, id, meta, commit }
}

type Started = Awaited<ReturnType<typeof live>>

const operations: [string, (started: Started) => unknown][] = [
  ["a read", ({ odd, id }) => odd.load(id, () => {})],
  ["a claim", ({ odd, id }) => odd.take(id, [{ id: "f", by: "document", over: [] }], () => {})],
  ["a save", ({ odd, meta }) => odd.save(randomSessionId(), { n: 1 }, {}, meta)],
  ["a first write", ({ commit }) => commit({}, { from: undefined, id: randomSessionId() })],
  ["a write", ({ commit }) => commit({ put: { a: 1 } })],
  ["a renewal", ({ commit }) => commit({})],
  ["an addition", ({ commit }) => commit({ add: { n: 1 } })],
  ["a pull", ({ commit }) => commit({ pulled: { n: 1 }, forget: ["n"] })],
  ["a new id", ({ commit, id }) => commit({}, { id: nextSessionId(id) })],
  ["a sign-out with a farewell", ({ commit, id }) => commit({}, { id: nextSessionId(id), wipe: true })],
  ["a sign-out", ({ odd, id }) => odd.destroy(id)],
  ["a sign-out by an id nobody has", ({ odd }) => odd.destroy(randomSessionId())],
]

const oddReplies: unknown[] = [
  undefined,
  "OK",
  "QUEUED",
  "",
  "session:x",
  "None",
  "a\nb",
  "meta",
  [],
  2,
  -1,
  true,
  {},
  { a: 1 },
  ["OK"],
  ["a", "b"],
  [[]],
  ["ok", "5", "6"],
  ["ok", "NaN"],
  ["meta", 1],
  [null],
  ["pulled"],
  ["moved"],
  ["moved", "elsewhere"],
  ["pulled", "data:other"],
  ["not-a-number", "nonsense"],
]

describe.each(operations)("an answer that is not Redis's own, to %s,", (_, operation) => {
  it.each(oddReplies.map((reply) => [JSON.stringify(reply) ?? "undefined", reply] as const))(
    "is an error and nothing else: %s",
    async (_name, reply) => {
      const started = await live(() => reply)
      await expect(operation(started)).rejects.toMatchObject({
        code: "SESSION_STORE_UNAVAILABLE",
        cause: { message: "an unexpected answer" },
      })
    },
  )

  it("is asked for again when it comes once", async () => {
    let isFirst = true
    const started = await live((command, reply) => {
      if (!isFirst || (command[0] === "EVALSHA" && reply === undefined)) return reply
      isFirst = false
      return "OK"
    })
    await expect(operation(started)).resolves.not.toThrow()
  })
})

describe("an answer that another command could have", () => {
  const withReply = (reply: unknown) => live(() => reply)
  const unavailable = { code: "SESSION_STORE_UNAVAILABLE" }

  it("is none: nothing where a list has to be, a list where a count has to be", async () => {
    const nothing = await withReply(null)
    await expect(nothing.odd.load(nothing.id, () => {})).rejects.toMatchObject(unavailable)
    await expect(nothing.commit({})).rejects.toMatchObject(unavailable)
    await expect(nothing.odd.destroy(nothing.id)).rejects.toMatchObject(unavailable)
    const empty = await withReply([])
    await expect(empty.commit({})).rejects.toMatchObject(unavailable)
    await expect(empty.odd.destroy(empty.id)).rejects.toMatchObject(unavailable)
  })

  it("is none for a commit that cannot be gone, moved or pulled", async () => {
    const isNew = { from: undefined, id: randomSessionId() }
    await expect((await withReply(["gone"])).commit({}, isNew)).rejects.toMatchObject(unavailable)
    await expect((await withReply(["moved", "session:x"])).commit({})).rejects.toMatchObject(unavailable)
    await expect((await withReply(["pulled", 'data:"n"'])).commit({})).rejects.toMatchObject(unavailable)
    await expect((await withReply(["ok"])).commit({ add: { n: 1 } })).rejects.toMatchObject(unavailable)
    await expect((await withReply(["gone"])).commit({})).resolves.toBeUndefined()
  })
})

describe("an answer of 200 that comes from something before Redis", () => {
  let server: Server
  let body = ""
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" })
      response.end(body)
    })
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
  })
  afterAll(() => new Promise((resolve) => void server.close(resolve)))

  it.each([
    '{"result":null}',
    '{"result":"OK"}',
    '{"result":0}',
    '{"result":{"a":1}}',
    '{"message":"Database is paused"}',
    "{}",
    "[]",
    "",
    "null",
  ])("is never a stranger's session: %j", async (text) => {
    body = text
    const { port } = server.address() as AddressInfo
    const store = openStore(redisStore({ url: `http://127.0.0.1:${port}`, token }))
    const id = randomSessionId()
    const meta = { createdAt: 0, expiresAt: 4_000_000_000 }
    const commit = { from: id, id, wipe: false, data: {}, flash: {}, changes: noChange, meta }
    for (const asked of [
      () => store.load(id, () => {}),
      () => store.commit(commit),
      () => store.commit({ ...commit, id: randomSessionId() }),
    ]) {
      await expect(asked()).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
    }
  })
})
