import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import type { SessionChanges } from "../../core/changes"
import type { JsonObject } from "../../core/json"
import { randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { usePglite } from "../../test-support/postgres/use-pglite"
import { sha256 } from "../sha256"
import type { PostgresPool } from "./pool"
import { postgresStore, type PostgresStoreOptions } from "./postgres-store"

const running = usePglite()

const SECRET = "marmalade"
const ADDRESS = "postgres://admin:hunter2@db.example/shop"
const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }

/** What happens to one query, instead of its being carried out, or after. */
type Fault = (carryOut: () => Promise<{ rows: unknown[] }>) => Promise<unknown>

/** An error as node-postgres makes it of what Postgres answers: it repeats a row and the statement's values. */
function answered(code: string): Fault {
  const more = {
    detail: `Failing row contains (${SECRET}).`,
    where: `unnamed portal parameter $1 = '${SECRET}'`,
  }
  return () =>
    Promise.reject(
      Object.assign(new Error(`something about ${SECRET}`), { code, severity: "ERROR", ...more }),
    )
}

const lostBefore: Fault = () => Promise.reject(new Error(`Connection terminated unexpectedly: ${ADDRESS}`))
const lostAfter: Fault = async (carryOut) => {
  await carryOut()
  throw Object.assign(new Error(`read ECONNRESET ${ADDRESS}`), { code: "ECONNRESET" })
}
const brokenPipe: Fault = () => Promise.reject(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }))
const refusedConnection: Fault = () =>
  Promise.reject(Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" }))
const hang: Fault = () => new Promise(() => {})
const throwsAtOnce: Fault = () => {
  throw new TypeError(`no pool for ${ADDRESS}`)
}
const says =
  (rows: unknown): Fault =>
  async () => ({ rows })

async function live(data: JsonObject = {}, options: Partial<PostgresStoreOptions> = {}) {
  const faults: Fault[] = []
  let queries = 0
  const pool: PostgresPool = {
    query(text, values) {
      queries += 1
      const fault = faults.shift()
      const carryOut = () => running.pool.query(text, values)
      return (fault === undefined ? carryOut() : fault(carryOut)) as ReturnType<PostgresPool["query"]>
    },
  }
  const store = openStore(postgresStore({ pool, timeoutMilliseconds: 30_000, ...options }))
  const now = Math.floor(Date.now() / 1000)
  const meta = { createdAt: now, expiresAt: now + 3600 }
  const id = randomSessionId()
  await store.save(id, data, {}, meta)
  const commit = (changes: Partial<SessionChanges>, { to = id, wipe = false, content = {} } = {}) =>
    store.commit({
      from: id,
      id: to,
      wipe,
      data: content,
      flash: {},
      changes: { ...noChange, ...changes },
      meta,
    })
  return {
    store,
    id,
    meta,
    commit,
    read: async (of = id) => (await store.load(of, () => {}))?.data,
    /** These faults meet the next queries; counts from here. */
    meet(...next: Fault[]) {
      queries = 0
      faults.splice(0, faults.length, ...next)
    },
    queries: () => queries,
  }
}

const times = (count: number, fault: Fault) => Array.from({ length: count }, () => fault)

describe("a failure that may pass", () => {
  it.each([
    ["a deadlock", answered("40P01")],
    ["a serialization failure", answered("40001")],
    ["a server that shuts down", answered("57P01")],
    ["too many connections", answered("53300")],
    ["a connection lost before", lostBefore],
    ["a socket whose other end is gone", brokenPipe],
    ["a connection that was idle for too long", answered("57P05")],
    ["a connection lost after it was carried out", lostAfter],
    ["a client that throws at once", throwsAtOnce],
    ["no row and no list", says(undefined)],
    ["no text", says([{ answer: 5 }])],
    ["no JSON", says([{ answer: "<h1>502</h1>" }])],
    ["another statement's answer", says([{ answer: '{"status":"ok","sums":{"other":1}}' }])],
    ["an answer with a sum more", says([{ answer: '{"status":"ok","sums":{"n":5,"other":1}}' }])],
    ["more rows than one", says([{ answer: "{}" }, { answer: "{}" }])],
  ])("is tried again, and counts once: %s", async (_, fault) => {
    const { commit, meet, queries, read } = await live({ n: 1 })
    meet(fault, fault)
    expect(await commit({ add: { n: 1 }, put: { a: 1 } })).toEqual({ sums: { n: 2 } })
    expect(queries()).toBe(3)
    meet(fault, fault)
    expect(await read()).toEqual({ n: 2, a: 1 })
  })

  it.each([
    ["a deadlock", answered("40P01")],
    ["a lost connection", lostAfter],
    ["a full pool", lostBefore],
    ["an answer of another shape", says([{ answer: "{}" }])],
  ])("becomes an error after three attempts: %s", async (_, fault) => {
    const { commit, meet, queries, store, id } = await live({ n: 1 })
    for (const operation of [
      () => store.load(id, () => {}),
      () => commit({ add: { n: 1 } }),
      () => commit({}, { to: randomSessionId() }),
      () => store.destroy(id),
    ]) {
      meet(...times(9, fault))
      await expect(operation()).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
      expect(queries()).toBe(3)
    }
  })
})

describe("a database where nobody is yet", () => {
  const faults = [
    ["it starts", answered("57P03")],
    ["nobody listens", refusedConnection],
  ] as const

  it.each(faults)("is waited for: %s", async (_, fault) => {
    const { commit, meet, queries, read } = await live({ n: 1 }, { timeoutMilliseconds: 60_000 })
    meet(...times(5, fault))
    expect(await commit({ add: { n: 1 } })).toEqual({ sums: { n: 2 } })
    expect(queries()).toBe(6)
    expect(await read()).toEqual({ n: 2 })
  })

  it.each(faults)("is an error when time is over: %s", async (_, fault) => {
    const { meet, queries, read } = await live({}, { timeoutMilliseconds: 1000 })
    meet(...times(20, fault))
    await expect(read()).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
      cause: { name: "PostgresFailure", message: expect.stringMatching(/57P03|ECONNREFUSED/) },
    })
    expect(queries()).toBeLessThanOrEqual(6)
  })

  it("is told as the reason, when time is over while it is asked a last time", async () => {
    const start = performance.now()
    const query = async () => {
      if (performance.now() - start > 900) return new Promise<never>(() => {})
      throw Object.assign(new Error("the database system is starting up"), { code: "57P03" })
    }
    const store = openStore(postgresStore({ pool: { query }, timeoutMilliseconds: 1200 }))
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
      cause: { state: "57P03" },
    })
  })
})

describe("a database that can be read and not written", () => {
  it("is read, messages too, and a write is an error", async () => {
    const { store, id, commit } = await live({ a: 1 })
    await commit({ flash: { f: { expiresAt: 9_999_999_999 } } })
    await running.pool.exec("SET default_transaction_read_only = on")
    try {
      expect((await store.load(id, () => {}))?.data).toEqual({ a: 1 })
      const taken = await store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
      expect(taken).toMatchObject({ data: { a: 1 }, flash: { f: {} } })
      await expect(commit({ put: { a: 2 } })).rejects.toMatchObject({
        code: "SESSION_STORE_UNAVAILABLE",
        cause: { state: "25006", message: expect.stringContaining("read-only") },
      })
    } finally {
      await running.pool.exec("SET default_transaction_read_only = off")
    }
    const take = () => store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    expect((await take())?.flash).toHaveProperty("f")
    expect((await take())?.flash).not.toHaveProperty("f")
  })
})

it("is told what refuses it when the server starts", async () => {
  const { meet, store } = await live()
  for (const state of ["28P01", "3D000", "42501"]) {
    meet(answered(state))
    await expect(store.prepare()).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
      cause: { state, message: expect.stringMatching(/: .+/) },
    })
  }
})

it("is given its pool by name", () => {
  // @ts-expect-error { pool }
  expect(() => postgresStore(running.pool)).toThrow("postgresStore({ pool })")
})

describe("an answer that was lost", () => {
  it("does not lose a session that was given its new id", async () => {
    const { commit, meet, read } = await live({ a: 1 })
    const to = randomSessionId()
    meet(lostAfter)
    expect(await commit({ put: { b: 2 }, add: { n: 1 } }, { to })).toEqual({ sums: { n: 1 } })
    expect([await read(), await read(to)]).toEqual([undefined, { a: 1, b: 2, n: 1 }])
  })

  it("does not undo what another request wrote meanwhile", async () => {
    const { commit, meet, read } = await live({ a: 1 })
    meet(async (carryOut) => {
      await carryOut()
      await commit({ put: { a: "other" } })
      throw new Error("lost")
    })
    expect(await commit({ put: { a: "mine" } })).toEqual({ sums: {} })
    expect(await read()).toEqual({ a: "other" })
  })

  it("does not turn a request against itself: what it pulled was still there", async () => {
    for (const wipe of [false, true]) {
      const { commit, meet, read } = await live({ state: "xyz" })
      const to = randomSessionId()
      meet(lostAfter)
      const pulling = { pulled: { state: "xyz" }, forget: ["state"] }
      expect(await commit(pulling, { to, wipe, content: { userId: "ada" } })).toEqual({ sums: {} })
      expect(await read(to)).toEqual(wipe ? { userId: "ada" } : {})
    }
  })

  it("does not cost a document its flash", async () => {
    const { commit, meet, store, id } = await live()
    await commit({ flash: { f: { expiresAt: 9_999_999_999 } } })
    const take = () => store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    meet(lostAfter)
    expect((await take())?.flash).toHaveProperty("f")
    expect((await take())?.flash).not.toHaveProperty("f")
  })

  it("does not keep a session alive that was destroyed", async () => {
    const { meet, read, store, id } = await live({ a: 1 })
    meet(lostAfter)
    await store.destroy(id)
    expect(await read()).toBeUndefined()
  })

  it("is an error, and no second time, when too many others came between to tell", async () => {
    const { commit, meet, queries, read } = await live({ n: 0 })
    meet(async (carryOut) => {
      await carryOut()
      for (let other = 0; other < 50; other += 1) await commit({ add: { others: 1 } })
      throw new Error("lost")
    })
    await expect(commit({ add: { n: 1 } })).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
    expect(queries()).toBe(52)
    expect(await read()).toEqual({ n: 1, others: 50 })
  })
})

it("that was rolled back is no answer that was lost: however many came between, it is tried again", async () => {
  const { commit, meet, read } = await live({ n: 0 })
  for (const state of ["40001", "40P01"]) {
    meet(async () => {
      for (let other = 0; other < 50; other += 1) await commit({ add: { others: 1 } })
      throw Object.assign(new Error("rolled back"), { code: state })
    })
    await commit({ add: { n: 1 } })
  }
  expect(await read()).toEqual({ n: 2, others: 100 })
})

describe("a failure that stays", () => {
  it.each([answered("42501"), answered("22P05"), answered("23502"), answered("57014"), answered("53100")])(
    "is not asked for again",
    async (fault) => {
      const { meet, queries, commit } = await live()
      meet(fault)
      await expect(commit({ put: { a: 1 } })).rejects.toMatchObject({
        code: "SESSION_STORE_UNAVAILABLE",
        cause: { name: "PostgresFailure", state: expect.stringMatching(/^\w{5}$/) },
      })
      expect(queries()).toBe(1)
    },
  )

  it("is waited for as long as was said, and not tried again: a pool that never answers", async () => {
    const { meet, queries, store, id } = await live({}, { timeoutMilliseconds: 1000 })
    const started = performance.now()
    meet(hang)
    await expect(store.load(id, () => {})).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
      cause: { message: "no answer in time" },
    })
    expect(queries()).toBe(1)
    expect(performance.now() - started).toBeGreaterThan(950)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it("has one deadline for all attempts", async () => {
    const { meet, queries, store, id } = await live({}, { timeoutMilliseconds: 1000 })
    meet(lostBefore, hang)
    await expect(store.load(id, () => {})).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
    expect(queries()).toBe(2)
  })
})

describe("a table that is missing, or another one", () => {
  const error = { code: "SESSION_STORE_UNAVAILABLE", message: expect.stringContaining("postgresMigration()") }
  const other = async (table: string) => openStore(postgresStore({ pool: running.pool, table }))

  it("is named with its migration, by every operation and when the server starts", async () => {
    await running.pool.exec("create table users (id text primary key, data jsonb)")
    for (const table of ["missing", "nowhere.missing", "users"]) {
      const store = await other(table)
      await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject(error)
      await expect(store.destroy(randomSessionId())).rejects.toMatchObject(error)
      await expect(store.prepare()).rejects.toMatchObject(error)
    }
  })

  it("is not looked for in a database that is slow to come up", async () => {
    const { meet, store } = await live()
    meet(...times(3, lostBefore))
    await store.prepare()
    await store.prepare()
  })
})

it("tells nothing of an id, a value, the table's rows or the database's address", async () => {
  const { commit, meet, store, id, read } = await live({ secret: SECRET })
  for (const fault of [
    answered("40P01"),
    answered("23502"),
    answered("42P01"),
    lostBefore,
    lostAfter,
    throwsAtOnce,
  ]) {
    for (const operation of [
      () => read(),
      () => commit({ put: { secret: SECRET } }),
      () => commit({}, { to: randomSessionId(), wipe: true, content: { secret: SECRET } }),
      () => store.save(randomSessionId(), { secret: SECRET }, {}, { createdAt: 0, expiresAt: 1 }),
      () => store.destroy(id),
      () => store.gc(),
    ]) {
      meet(...times(3, fault))
      const told = await operation().then(
        () => expect.unreachable(),
        (error: unknown) => inspect(error, { depth: 10, showHidden: true }),
      )
      for (const secret of [id, await sha256(id), SECRET, "hunter2", "db.example", "Failing row"]) {
        expect(told).not.toContain(secret)
      }
    }
  }
})
