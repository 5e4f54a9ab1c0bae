import { createHash } from "node:crypto"
import { changeOf, compare } from "../compare.mjs"
import { personData } from "../data.mjs"
import { metaNow } from "../kit.mjs"
import { postgresPool } from "../stores.mjs"

/** Each keeps what its last commits came to: with one for all, its row would be longer than any visitor makes it. */
const SESSIONS = 500

/** One load and one commit of the Postgres store, each against the plainest statement, by the same pool. */
export async function postgresOperations(kit, { postgresUrl, pairs }) {
  const pool = postgresPool(postgresUrl)
  try {
    const store = kit.openStore(kit.postgresStore({ pool }))
    const sessions = Array.from({ length: SESSIONS }, () => {
      const id = kit.randomSessionId()
      return { id, key: createHash("sha256").update(id).digest("base64url") }
    })
    for (const { id } of sessions) await store.save(id, personData(0), {}, metaNow())
    const at = (turn) => sessions[turn % SESSIONS]
    const load = (turn) => store.take(at(turn).id, [], () => {})
    const commit = (turn) => store.commit(changeOf(at(turn).id, personData(0), turn, metaNow()))
    const bareLoad = (turn) => pool.query("SELECT data FROM next_sessions WHERE id = $1", [at(turn).key])
    const bareCommit = (turn) =>
      pool.query("UPDATE next_sessions SET data = $2 WHERE id = $1", [
        at(turn).key,
        JSON.stringify({ ...personData(0), visits: turn }),
      ])
    const { rowCount } = await bareLoad(0)
    if (rowCount !== 1) throw new Error("the bare SELECT finds no session")
    for (const run of [load, bareLoad, commit, bareCommit]) await run(0)
    return [
      await compare({ name: "load", on: "Postgres" }, pairs, load, { "a bare SELECT": bareLoad }),
      await compare({ name: "commit one key", on: "Postgres" }, pairs, commit, {
        "a bare UPDATE": bareCommit,
      }),
    ]
  } finally {
    await pool.end()
  }
}
