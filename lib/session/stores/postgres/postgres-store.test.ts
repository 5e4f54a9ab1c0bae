import { PGlite } from "@electric-sql/pglite"
import { storeSuite } from "../../testing/store-suite"
import { postgresMigration } from "./migration"
import { postgresStore } from "./postgres-store"

const pool = new PGlite()
await pool.exec(postgresMigration())
storeSuite({
  name: "postgresStore",
  async create({ now }) {
    await pool.exec('truncate "next_sessions"')
    return postgresStore({ now, pool })
  },
  serverSide: true,
  atomic: true,
  async size() {
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from "next_sessions"')
    return rows[0]!.count
  },
})
