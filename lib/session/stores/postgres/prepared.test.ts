import type { Pool } from "pg"
import { describe, expect, it } from "vitest"
import type { SessionChanges } from "../../core/changes"
import { randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { poolTo, usePostgres } from "../../test-support/postgres/use-postgres"
import type { PostgresPool } from "./pool"
import { postgresStore } from "./postgres-store"
import { statementsFor } from "./statements"

const running = usePostgres()

const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }

async function live(pool: PostgresPool) {
  const store = openStore(postgresStore({ pool, timeoutMilliseconds: 30_000 }))
  const now = Math.floor(Date.now() / 1000)
  const meta = { createdAt: now, expiresAt: now + 3600 }
  const id = randomSessionId()
  await store.save(id, { n: 0 }, {}, meta)
  const add = () =>
    store.commit({
      from: id,
      id,
      wipe: false,
      data: {},
      flash: {},
      changes: { ...noChange, add: { n: 1 } },
      meta,
    })
  return { store, id, add, read: async () => (await store.load(id, () => {}))?.data }
}

/** One connection, and what it has prepared. */
async function withOneConnection(test: (pool: Pool, prepared: () => Promise<string[]>) => Promise<void>) {
  const pool = poolTo(running.server.url, 1)
  const prepared = async () =>
    (await pool.query<{ name: string }>("select name from pg_prepared_statements")).rows.map(
      ({ name }) => name,
    )
  await test(pool, prepared)
  await pool.end()
}

/** A pooler between a pool and its server, and what it does after each query. */
function behindPooler(pool: Pool, between: () => Promise<unknown>) {
  let named = 0
  const pooled = {
    totalCount: 1,
    async query(statement: string | { text: string }, values?: unknown[]) {
      if (typeof statement !== "string") named += 1
      const result = await pool.query(statement as string, values)
      await between()
      return result
    },
  }
  return { pooled: pooled as PostgresPool, named: () => named }
}

describe("what every page and every write sends", () => {
  it("is prepared once per connection, and nothing else is", async () => {
    await withOneConnection(async (pool, prepared) => {
      const { store, id, add, read } = await live(pool)
      for (let times = 0; times < 3; times += 1) {
        await add()
        await store.take(id, [{ id: "f", by: "document", over: [] }], () => {})
        expect(await read()).toEqual({ n: times + 1 })
      }
      await store.destroy(id)
      await store.gc()
      const names = await prepared()
      expect(names).toHaveLength(3)
      for (const name of names) expect(name).toMatch(/^next_sessions_[\w-]{43}$/)
    })
  })

  it("has another name in another table", async () => {
    await withOneConnection(async (pool, prepared) => {
      await pool.query("create table others (like next_sessions including all)")
      await (await live(pool)).read()
      const now = Math.floor(Date.now() / 1000)
      const store = openStore(postgresStore({ pool, table: "others" }))
      const id = randomSessionId()
      await store.save(id, { a: 1 }, {}, { createdAt: now, expiresAt: now + 3600 })
      expect((await store.load(id, () => {}))?.data).toEqual({ a: 1 })
      expect(new Set(await prepared()).size).toBe(2)
    })
  })

  it("is sent as it is, from then on, where a pooler forgets it", async () => {
    await withOneConnection(async (pool) => {
      const { pooled, named } = behindPooler(pool, () => pool.query("deallocate all"))
      const { add, read } = await live(pooled)
      for (let times = 1; times <= 3; times += 1) {
        await add()
        expect(await read()).toEqual({ n: times })
      }
      const tried = named()
      expect(tried).toBeGreaterThan(0)
      await Promise.all([add(), add(), read()])
      expect(await read()).toEqual({ n: 5 })
      expect(named()).toBe(tried)
    })
  })

  it("is sent as it is, from then on, where a pooler gives it a connection that somebody else prepared", async () => {
    await withOneConnection(async (pool, prepared) => {
      const other = await live(pool)
      await other.add()
      await other.read()
      const names = await prepared()
      await pool.query("select pg_terminate_backend(pg_backend_pid())").catch(() => {})
      for (const name of names) await pool.query(`prepare "${name}" as select 'another one' as answer`)
      const { pooled, named } = behindPooler(pool, async () => {})
      const { add, read } = await live(pooled)
      await add()
      expect(await read()).toEqual({ n: 1 })
      expect(named()).toBe(1)
    })
  })

  it("is found by the primary key, by a plan that was made while the table was empty", async () => {
    await withOneConnection(async (pool) => {
      await pool.query("create table fresh (like next_sessions including all)")
      await pool.query("set plan_cache_mode = force_generic_plan")
      const { read, take, change } = statementsFor('"fresh"')
      const one = ["'x'", "'1'"]
      const values = {
        read: one,
        take: [...one, "'{}'"],
        change: ["'x'", "'x'", "'1'", "'n'", "'false'", `'{"put":{}}'`, "'1'", "'2'"],
      }
      for (const [name, text] of Object.entries({ read, take, change })) {
        const given = values[name as keyof typeof values]
        await pool.query(`prepare ${name} as ${text}`)
        const { rows } = await pool.query<Record<"QUERY PLAN", string>>(
          `explain execute ${name} (${given.join(", ")})`,
        )
        const plan = rows.map((row) => row["QUERY PLAN"]).join("\n")
        expect(plan).toContain("fresh_pkey")
        expect(plan).not.toContain("Seq Scan on fresh")
      }
    })
  })
})
