import { describe, expect, it } from "vitest"
import type { Pool } from "pg"
import type { SessionChanges } from "../../core/changes"
import type { JsonObject } from "../../core/json"
import { randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { comparesToMemory } from "../../test-support/compare-to-memory"
import { heldIn } from "../../test-support/postgres/held"
import { poolTo, usePostgres } from "../../test-support/postgres/use-postgres"
import { storeSuite } from "../../testing/store-suite"
import { sha256 } from "../sha256"
import { postgresStore } from "./postgres-store"
import { statementsFor } from "./statements"

/** What PGlite's one connection cannot show: statements that meet. */
const running = usePostgres()

storeSuite({
  name: "postgresStore on a server",
  async create({ now }) {
    await running.pool.query('truncate "next_sessions"')
    return postgresStore({ now, pool: running.pool, timeoutMilliseconds: 30_000 })
  },
  serverSide: true,
  atomic: true,
  size: async () => (await running.pool.query('select 1 from "next_sessions"')).rows.length,
})

it("comes to the same as the memory store, whatever is done", async () => {
  const { pool } = running
  await comparesToMemory({
    create: ({ now }) => postgresStore({ pool, now, timeoutMilliseconds: 30_000 }),
    held: (id) => heldIn(pool, id),
    runs: 150,
  })
}, 120_000)

const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }

async function live(data: JsonObject = {}, pool: Pool = running.pool) {
  let now = Math.floor(Date.now() / 1000) * 1000
  const store = openStore(postgresStore({ pool, timeoutMilliseconds: 30_000, now: () => now }))
  const meta = { createdAt: now / 1000, expiresAt: now / 1000 + 3600 }
  const id = randomSessionId()
  await store.save(id, data, {}, meta)
  const commit = (changes: Partial<SessionChanges>, { to = id, wipe = false } = {}) =>
    store.commit({ from: id, id: to, wipe, data: {}, flash: {}, changes: { ...noChange, ...changes }, meta })
  return {
    store,
    id,
    meta,
    commit,
    advance: (seconds: number) => (now += seconds * 1000),
    seconds: () => now / 1000,
    read: async (of = id) => (await store.load(of, () => {}))?.data,
  }
}

/** Holds a session's row until `release`, so that what comes meanwhile waits for it and finds it changed. */
async function holding(id: string, change: string) {
  const client = await running.pool.connect()
  await client.query("begin")
  await client.query(`update "next_sessions" set ${change} where id = $1`, [await sha256(id)])
  return {
    /** Resolves when so many statements wait for the row. */
    async waited(count: number) {
      for (;;) {
        const { rows } = await running.pool.query<{ count: number }>(
          "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and query like '%next_sessions%'",
        )
        if (rows[0]!.count >= count) return
      }
    },
    async release() {
      await client.query("commit")
      client.release()
    },
  }
}

describe("a statement that had to wait for another one", () => {
  it("changes what that one left, and not what it saw before", async () => {
    const { commit, id, read } = await live({ n: 1, a: 1 })
    const held = await holding(id, `data = data || '{"n": 10, "other": 1}'`)
    const adding = [1, 2, 3].map((by) => commit({ add: { n: by }, put: { [`by${by}`]: 1 }, forget: ["a"] }))
    await held.waited(3)
    await held.release()
    await Promise.all(adding)
    expect(await read()).toEqual({ n: 16, other: 1, by1: 1, by2: 1, by3: 1 })
  })

  it("finds what was pulled meanwhile gone", async () => {
    const { commit, id } = await live({ state: "xyz" })
    const held = await holding(id, "data = data - 'state'")
    const pulling = [false, true].map((wipe) =>
      commit({ pulled: { state: "xyz" } }, { wipe, to: wipe ? randomSessionId() : id }),
    )
    const answers = Promise.allSettled(pulling)
    await held.waited(2)
    await held.release()
    const refused = { status: "rejected", reason: { code: "SESSION_ALREADY_PULLED" } }
    expect(await answers).toMatchObject([refused, refused])
  })

  it("ends what the session became: the row has another id by then", async () => {
    for (const wipe of [false, true]) {
      const { commit, id, read, seconds, store } = await live({ userId: "ada" })
      const next = randomSessionId()
      const note = JSON.stringify({ [await sha256(id)]: seconds() + 60 })
      const held = await holding(id, `id = '${await sha256(next)}', moved_from = '${note}'`)
      const ending = wipe ? commit({}, { wipe, to: randomSessionId() }) : store.destroy(id)
      await held.waited(1)
      await held.release()
      await ending
      expect([await read(), await read(next)]).toEqual([undefined, undefined])
    }
  })

  it("brings nothing back that was ended, and writes nothing under an id that is no more", async () => {
    const { commit, id, read, store } = await live({ a: 1 })
    const held = await holding(id, `id = '${await sha256(randomSessionId())}'`)
    const next = randomSessionId()
    const late = [commit({ put: { late: 1 } }), commit({}, { to: next })]
    await held.waited(2)
    await held.release()
    expect(await Promise.all(late)).toEqual([undefined, undefined])
    expect([await read(), await read(next)]).toEqual([undefined, undefined])
    await store.gc()
  })

  it("shows no message that it could not claim: the session has another id by then", async () => {
    const { commit, id, seconds, store } = await live()
    await commit({ flash: { f: { expiresAt: seconds() + 300 } } })
    const held = await holding(id, `id = '${await sha256(randomSessionId())}'`)
    const taking = store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
    await held.waited(1)
    await held.release()
    expect((await taking)?.flash).toEqual({})
  })

  it("reports what expired only if it is the one that removed it", async () => {
    const { advance, commit, id, seconds, store } = await live()
    await commit({ flash: { f: { expiresAt: seconds() + 5 }, g: { expiresAt: seconds() + 300 } } })
    advance(10)
    const held = await holding(id, "flash = flash - 'f', due = null")
    const claims = [{ id: "g", by: "document" as const, over: [] }]
    const reading = [store.load(id, () => {}), store.take(id, claims, () => {})]
    await held.waited(2)
    await held.release()
    const [loaded, taken] = await Promise.all(reading)
    expect([loaded?.expired, taken?.expired]).toEqual([{}, {}])
    expect([Object.keys(loaded?.flash ?? {}), Object.keys(taken?.flash ?? {})]).toEqual([["g"], ["g"]])
  })

  it("is answered when the first attempt, whose answer was lost, is the one it waits for", async () => {
    const { commit, id, read, store, meta } = await live({ n: 0 })
    const held = await holding(id, "created_at = created_at")
    let isFirst = true
    const twice = openStore(
      postgresStore({
        timeoutMilliseconds: 30_000,
        pool: {
          query(text, values) {
            const answer = running.pool.query(text, values)
            if (!isFirst) return answer
            isFirst = false
            return Promise.reject(new Error("lost"))
          },
        },
      }),
    )
    const changes = { ...noChange, add: { n: 1 } }
    const to = randomSessionId()
    const adding = twice.commit({ from: id, id: to, wipe: false, data: {}, flash: {}, changes, meta })
    await held.waited(2)
    await held.release()
    expect(await adding).toEqual({ sums: { n: 1 } })
    expect(await read(to)).toEqual({ n: 1 })
    expect(await commit({})).toBeUndefined()
    await store.destroy(to)
  })

  it("collects nothing that it would have to wait for", async () => {
    const { advance, id, store } = await live()
    advance(7200)
    const held = await holding(id, "created_at = created_at")
    await store.gc()
    await held.release()
    const row = () => running.pool.query("select 1 from next_sessions where id = $1", [hash])
    const hash = await sha256(id)
    expect((await row()).rows).toHaveLength(1)
    await store.gc()
    expect((await row()).rows).toHaveLength(0)
  })
})

describe("a server that fails in earnest", () => {
  it("counts each addition once, while connections are cut", async () => {
    const pool = poolTo(running.server.url, 10)
    const { commit, read } = await live({ n: 0 }, pool)
    const ends = { isOver: false }
    const cutting = (async () => {
      while (!ends.isOver) {
        await running.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where query like '%asked%' and pid <> pg_backend_pid() order by random() limit 2`,
        )
      }
    })()
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, async () => {
        let acknowledged = 0
        let unanswered = 0
        for (let count = 0; count < 20; count += 1) {
          await commit({ add: { n: 1 } }).then(
            () => (acknowledged += 1),
            () => (unanswered += 1),
          )
        }
        return { acknowledged, unanswered }
      }),
    )
    ends.isOver = true
    await cutting
    const sum = (name: "acknowledged" | "unanswered") =>
      answers.reduce((total, answer) => total + (answer.status === "fulfilled" ? answer.value[name] : NaN), 0)
    const { n } = (await read()) as { n: number }
    expect(n).toBeGreaterThanOrEqual(sum("acknowledged"))
    expect(n).toBeLessThanOrEqual(sum("acknowledged") + sum("unanswered"))
    expect(sum("acknowledged")).toBeGreaterThan(0)
    await pool.end()
  })

  it("is an error when its pool is exhausted, and works on when it is not", async () => {
    const pool = poolTo(running.server.url, 1)
    const client = await pool.connect()
    const store = openStore(postgresStore({ pool, timeoutMilliseconds: 1000 }))
    await expect(store.load(randomSessionId(), () => {})).rejects.toMatchObject({
      code: "SESSION_STORE_UNAVAILABLE",
    })
    client.release()
    expect(await store.load(randomSessionId(), () => {})).toBeUndefined()
    await pool.end()
  })

  it("is an error when nobody listens", async () => {
    const pool = poolTo("postgres://somebody:hunter2@127.0.0.1:1/shop")
    const store = openStore(postgresStore({ pool, timeoutMilliseconds: 300 }))
    const failed = store.load(randomSessionId(), () => {})
    await expect(failed).rejects.toMatchObject({ cause: { message: "the query failed: ECONNREFUSED" } })
    await store.prepare()
    await pool.end()
  })

  it("may be one that knows no READ COMMITTED: who came second comes again", async () => {
    const { Pool: PgPool } = await import("pg")
    const pool = new PgPool({
      connectionString: running.server.url,
      options: "-c default_transaction_isolation=serializable",
    })
    for (let round = 0; round < 10; round += 1) {
      const { commit, read } = await live({ n: 0 }, pool)
      await Promise.all([commit({ add: { n: 1 } }), commit({ add: { n: 1 } })])
      expect(await read()).toEqual({ n: 2 })
    }
    await pool.end()
  })
})

describe("among a hundred thousand rows", () => {
  it("every statement goes by an index", async () => {
    const { pool } = running
    await pool.query('truncate "next_sessions"')
    await pool.query(
      `insert into "next_sessions" (id, data, flash, created_at, expires_at, moved_from)
       select n::text, '{}', '{}', 0, n, case when n % 100 = 0 then jsonb_build_object('was' || n, n) end
       from generate_series(1, 100000) n`,
    )
    await pool.query('analyze "next_sessions"')
    const statements = statementsFor('"next_sessions"')
    const values: Partial<Record<keyof typeof statements, (string | null)[]>> = {
      read: ["a", "5"],
      take: ["a", "5", "{}"],
      change: ["a", "b", "5", "n", "false", "{}", "0", "9"],
      wipe: ["a", "b", "5", "{}", "{}", null, "0", "9", "{}"],
      destroy: ["a", "5"],
      gc: ["5", "1000"],
    }
    for (const [name, given] of Object.entries(values)) {
      const { rows } = await pool.query<{ "QUERY PLAN": string }>(
        `explain ${statements[name as keyof typeof values]}`,
        given,
      )
      const plan = [name, ...rows.map((row) => row["QUERY PLAN"])].join("\n")
      expect(plan).not.toContain("Seq Scan on next_sessions")
      expect(plan).toMatch(/Index (Only )?Scan/)
    }
  })
})
