import type { PGlite } from "@electric-sql/pglite"
import fc from "fast-check"
import type { Pool } from "pg"
import { afterEach, describe, expect, it, vi } from "vitest"
import { MAX_CHANGES_BYTES } from "../../core/limits"
import type { SessionChanges } from "../../core/changes"
import type { JsonObject } from "../../core/json"
import { randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { arbitraryObject } from "../../test-support/arbitrary"
import { usePglite } from "../../test-support/postgres/use-pglite"
import { entriesOf } from "../../testing/atomic-suite"
import { createClock } from "../../testing/clock"
import { storeSuite } from "../../testing/store-suite"
import { sha256 } from "../sha256"
import { postgresMigration } from "./migration"
import type { PostgresPool } from "./pool"
import { postgresStore, type PostgresStoreOptions } from "./postgres-store"

const running = usePglite()

storeSuite({
  name: "postgresStore in PGlite",
  async create({ now }) {
    await running.pool.exec('truncate "next_sessions"')
    return postgresStore({ now, pool: running.pool, timeoutMilliseconds: 30_000 })
  },
  serverSide: true,
  atomic: true,
  size: async () => (await rows('select 1 from "next_sessions"')).length,
})

const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }

async function rows<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await running.pool.query<Row>(text, values)).rows
}

/** A pool that remembers what it was asked. */
function counting(pool: PostgresPool) {
  const sent: { text: string; values: unknown[] }[] = []
  const counted: PostgresPool = {
    query(text, values) {
      sent.push({ text, values })
      return pool.query(text, values)
    },
  }
  return { counted, sent }
}

/** A store and a live session in it. */
async function live(data: JsonObject = {}, options: Partial<PostgresStoreOptions> = {}) {
  const clock = createClock(Math.floor(Date.now() / 1000) * 1000)
  const { counted, sent } = counting(running.pool)
  const store = openStore(
    postgresStore({ pool: counted, now: clock.now, timeoutMilliseconds: 30_000, ...options }),
  )
  const now = clock.now() / 1000
  const meta = { createdAt: now, expiresAt: now + 3600 }
  const id = randomSessionId()
  await store.save(id, data, {}, meta)
  const commit = (changes: Partial<SessionChanges>, { to = id, wipe = false } = {}) =>
    store.commit({ from: id, id: to, wipe, data: {}, flash: {}, changes: { ...noChange, ...changes }, meta })
  const queries = async (operation: () => unknown) => {
    sent.length = 0
    await operation()
    return sent.length
  }
  return {
    clock,
    store,
    id,
    meta,
    now,
    commit,
    queries,
    sent,
    read: async (of = id) => store.load(of, () => {}),
  }
}

describe("queries", () => {
  it("are one for each operation", async () => {
    const { clock, store, id, commit, queries, now } = await live({ a: 1 })
    const flash = { f: { expiresAt: now + 300 }, missed: { expiresAt: now + 5 } }
    const all = { put: { b: 1 }, forget: ["a"], add: { n: 1 }, pulled: { a: 1 }, flash }
    expect(await queries(() => store.load(id, () => {}))).toBe(1)
    expect(await queries(() => commit(all))).toBe(1)
    expect(await queries(() => store.take(id, [{ id: "f", by: "document", over: [] }], () => {}))).toBe(1)
    clock.advance(10)
    // Forgets and reports what nobody came for.
    expect(
      await queries(async () => expect((await store.load(id, () => {}))?.expired).toHaveProperty("missed")),
    ).toBe(1)
    expect(await queries(() => commit({}))).toBe(1)
    const [second, third] = [randomSessionId(), randomSessionId()]
    expect(await queries(() => commit({ put: { b: 2 } }, { to: second }))).toBe(1)
    // Also where the session has another id by now, or never was.
    expect(await queries(() => commit({}, { to: third, wipe: true }))).toBe(1)
    expect(await queries(() => store.destroy(second))).toBe(1)
    expect(await queries(() => store.destroy(randomSessionId()))).toBe(1)
    expect(await queries(() => store.gc())).toBe(1)
  })

  it("are none for what is no id", async () => {
    const { queries, store } = await live()
    for (const value of ["", "x", "A".repeat(31), "A".repeat(33), `${"A".repeat(31)}\n`]) {
      expect(await queries(() => store.load(value, () => {}))).toBe(0)
    }
  })

  it("carry what changed: less than 1 KB for one key of a 64 KB session", async () => {
    const data = Object.fromEntries(Array.from({ length: 64 }, (_, key) => [`key${key}`, "x".repeat(1024)]))
    const { commit, read, sent } = await live(data)
    sent.length = 0
    await commit({ put: { key7: "changed" } })
    expect(JSON.stringify(sent[0]?.values).length).toBeLessThan(1024)
    expect((await read())?.data).toEqual({ ...data, key7: "changed" })
  })

  it("neither lock nor write the row where nothing waits, nor where what is claimed is not there", async () => {
    const { store, id, commit, now, read } = await live({ a: 1 })
    // A lock leaves its transaction in `xmax`, and a write makes another version of the row.
    const traces = async () =>
      (await rows("select xmin, xmax, ctid from next_sessions where id = $1", [await sha256(id)]))[0]
    const before = await traces()
    await read()
    await store.take(id, [{ id: "unknown", by: "document", over: [] }], () => {})
    expect(await traces()).toEqual(before)
    await commit({ flash: { f: { expiresAt: now + 300 } } })
    const waiting = await traces()
    await read()
    expect(await traces()).toEqual(waiting)
    await store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    expect(await traces()).not.toEqual(waiting)
  })
})

describe("what Postgres holds", () => {
  it("is one row a session, which names it by a hash, and which the application's SQL can read", async () => {
    await running.pool.exec('truncate "next_sessions"')
    const { id, commit } = await live({ userId: "ada", cart: { name: "x", id: 1 } })
    const next = randomSessionId()
    await commit({ flash: { f: { expiresAt: 9_999_999_999 } } }, { to: next })
    const [row, ...others] = await rows(
      `select data->>'userId' as "userId", data->'cart'->>'name' as name, s::text as whole from next_sessions s`,
    )
    expect(others).toEqual([])
    expect(row).toMatchObject({ userId: "ada", name: "x" })
    expect(row?.["whole"]).not.toContain(id)
    expect(row?.["whole"]).not.toContain(next)
  })

  it("is every JSON value, with the order of its keys", async () => {
    const { store, id, meta, commit, read } = await live()
    await fc.assert(
      fc.asyncProperty(arbitraryObject, arbitraryObject, async (data, more) => {
        await store.save(id, data, { d: data }, meta)
        const loaded = await read()
        expect(entriesOf(loaded?.data)).toEqual(entriesOf(data))
        expect(JSON.stringify(loaded?.flash["d"])).toBe(JSON.stringify(data))
        // What was read is what a pull compares, and a key that was written can be forgotten.
        await commit({ pulled: loaded!.data, put: more })
        expect(entriesOf((await read())?.data)).toEqual(entriesOf({ ...data, ...more }))
        await commit({ forget: [...Object.keys(data), ...Object.keys(more)] })
        expect((await read())?.data).toEqual({})
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it("is every number", async () => {
    const numbers = [0, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, -0.1, 1 / 3]
    const { read } = await live({ numbers })
    expect((await read())?.data).toEqual({ numbers })
  })

  it("is no sum that is none: past the greatest number, and of what is null or text that looks like a number", async () => {
    const { commit, read } = await live({ n: Number.MAX_VALUE, text: "5", nothing: null })
    for (const add of [{ n: Number.MAX_VALUE }, { text: 1 }, { nothing: 1 }]) {
      await expect(commit({ add })).rejects.toMatchObject({ code: "SESSION_VALUE_NOT_NUMBER" })
    }
    expect((await commit({ add: { n: -Number.MAX_VALUE } }))?.sums).toEqual({ n: 0 })
    expect((await read())?.data["n"]).toBe(0)
  })

  it("is of the last commits their answers, of a busy minute the last fifty, and of an old id a minute's note", async () => {
    const { clock, commit, store, id, meta } = await live()
    const kept = async (of: string) =>
      (
        await rows<{ answers: unknown[]; moved_from: object | null }>(
          "select answers, moved_from from next_sessions where id = $1",
          [await sha256(of)],
        )
      )[0]!
    for (let count = 0; count < 60; count += 1) await commit({ add: { n: 1 } })
    expect((await kept(id)).answers).toHaveLength(50)
    clock.advance(61)
    const next = randomSessionId()
    await commit({}, { to: next })
    const moved = await kept(next)
    expect(moved.answers).toHaveLength(1)
    expect(Object.keys(moved.moved_from ?? {})).toEqual([await sha256(id)])
    clock.advance(61)
    await store.commit({ from: next, id: next, wipe: false, data: {}, flash: {}, changes: noChange, meta })
    expect((await kept(next)).moved_from).toBeNull()
  })

  it("is no session any more when it expired, although nothing collected it: nothing brings it back", async () => {
    const { clock, commit, read } = await live({ state: "xyz" })
    clock.advance(3600)
    const [renewed, fresh] = [randomSessionId(), randomSessionId()]
    expect(await commit({ put: { late: 1 } })).toBeUndefined()
    expect(await commit({}, { to: renewed })).toBeUndefined()
    expect(await commit({ pulled: { state: "xyz" } }, { to: fresh, wipe: true })).toBeUndefined()
    expect([await read(), await read(renewed), await read(fresh)]).toEqual([undefined, undefined, undefined])
  })

  it("is followed by a sign-out for a minute, and not after", async () => {
    const { clock, commit, store, id, read } = await live({ userId: "ada" })
    const next = randomSessionId()
    await commit({}, { to: next })
    clock.advance(60)
    await store.destroy(id)
    expect(await read(next)).toBeDefined()
  })

  it("is collected in batches", async () => {
    await running.pool.exec('truncate "next_sessions"')
    const { clock, store, queries } = await live()
    await rows(
      `insert into next_sessions (id, data, flash, created_at, expires_at)
       select n::text, '{}', '{}', 0, $1::float8 from generate_series(1, 2500) n`,
      [String(clock.now() / 1000)],
    )
    await rows("analyze next_sessions")
    expect(await queries(() => store.gc())).toBe(3)
    expect(await rows("select 1 from next_sessions")).toHaveLength(1)
  })

  it("lies in the table that is named, in its schema, and the migration may run again", async () => {
    const table = "auth.Sessions$2"
    await running.pool.exec("create schema if not exists auth")
    for (let run = 0; run < 2; run += 1) await running.pool.exec(postgresMigration({ table }))
    const { read, id } = await live({ a: 1 }, { table })
    expect((await read())?.data).toEqual({ a: 1 })
    expect(await rows(`select 1 from auth."Sessions$2" where id = $1`, [await sha256(id)])).toHaveLength(1)
  })
})

describe("a commit that is too large", () => {
  const size = "x".repeat(MAX_CHANGES_BYTES)

  it("is refused before it is sent, and names the key", async () => {
    const { commit, queries, store, meta } = await live({ a: 1 })
    const refused = async (committing: () => Promise<unknown>, name: string) => {
      const error = { code: "SESSION_TOO_LARGE", message: expect.stringContaining(name) }
      expect(await queries(() => expect(committing()).rejects.toMatchObject(error))).toBe(0)
    }
    await refused(() => commit({ put: { a: 1, big: size } }), `"big"`)
    await refused(() => commit({ flash: { f: size } }), "a flash")
    await refused(() => store.save(randomSessionId(), { big: size }, {}, meta), "Postgres store")
  })
})

describe("options", () => {
  const pool: PostgresPool = { query: async () => ({ rows: [] }) }
  const make = (options: unknown) => () => postgresStore(options as PostgresStoreOptions)

  it.each([
    [undefined, "postgresStore"],
    [{}, "pool"],
    [{ pool: {} }, "pool"],
    [{ pool: "postgres://user:password@host/db" }, "pool"],
    [{ pool, url: "x" }, '"url"'],
    [{ pool, table: 5 }, "table"],
    [{ pool, table: "" }, "table"],
    [{ pool, table: 'sessions"; drop table users' }, "table"],
    [{ pool, table: "a.b.c" }, "table"],
    [{ pool, table: "x".repeat(48) }, "table"],
    [{ pool, now: 5 }, "now"],
    [{ pool, timeoutMilliseconds: 0 }, "timeoutMilliseconds"],
    [{ pool, timeoutMilliseconds: Number.NaN }, "timeoutMilliseconds"],
    [{ pool, timeoutMilliseconds: 2 ** 31 }, "timeoutMilliseconds"],
  ])("%j are refused, by name", (options, name) => {
    expect(make(options)).toThrow(expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }))
    expect(make(options)).toThrow(name)
    expect(make(options)).not.toThrow("password")
  })

  it("of the migration as well", () => {
    expect(() => postgresMigration({ table: "a b" })).toThrow("postgresMigration({ table })")
  })

  it("tell stores apart by their tables", () => {
    const identity = (table?: string) => openStore(postgresStore({ pool, ...(table && { table }) })).identity
    expect(identity()).toBe(identity())
    expect(identity("other")).not.toBe(identity())
  })
})

describe("on the Edge runtime", () => {
  afterEach(() => vi.unstubAllEnvs())
  const http: PostgresPool = Object.assign(() => {}, { query: async () => ({ rows: [] }) })

  it("a pool of connections is refused, with the ways out", () => {
    vi.stubEnv("NEXT_RUNTIME", "edge")
    const make = () => postgresStore({ pool: Object.assign(() => {}, http, { connect() {} }) })
    expect(make).toThrow(expect.objectContaining({ code: "SESSION_STORE_NEEDS_NODE" }))
    for (const way of ["proxy.ts", 'runtime: "nodejs"', "fullResults"]) expect(make).toThrow(way)
  })

  it("a client over HTTP is not", async () => {
    vi.stubEnv("NEXT_RUNTIME", "edge")
    expect(await openStore(postgresStore({ pool: http })).load(randomSessionId(), () => {})).toBeUndefined()
  })
})

/** Compiled, and never called. */
export function fits(pool: Pool, lite: PGlite) {
  return [postgresStore({ pool }), postgresStore({ pool: lite })]
}
