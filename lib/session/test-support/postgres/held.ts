import type { PostgresPool } from "../../stores/postgres/pool"
import { sha256 } from "../../stores/sha256"

/** The deliveries a row holds, `flash:<id>`, and the claims, `claim:<id>`. */
export async function heldIn(pool: PostgresPool, id: string): Promise<string[]> {
  const { rows } = await pool.query(`select flash::text from "next_sessions" where id = $1`, [
    await sha256(id),
  ])
  const flash = JSON.parse((rows[0] as { flash: string } | undefined)?.flash ?? "{}") as Record<
    string,
    object
  >
  return Object.entries(flash).flatMap(([name, entry]) =>
    ["by" in entry ? `claim:${name}` : "", `flash:${name}`].filter(Boolean),
  )
}
