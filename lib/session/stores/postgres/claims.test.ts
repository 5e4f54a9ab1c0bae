import { it } from "vitest"
import { claimAges, comparesClaims } from "../../test-support/compare-claims"
import { comparesToMemory } from "../../test-support/compare-to-memory"
import { heldIn } from "../../test-support/postgres/held"
import { usePglite } from "../../test-support/postgres/use-pglite"
import { postgresStore } from "./postgres-store"

const running = usePglite()

/** Postgres decides in SQL. */
it.each(claimAges)(
  "agrees with the rule about all cases, %i s after the first claim, of deliveries that live %i s",
  (...ages) =>
    comparesClaims(
      ({ now }) => postgresStore({ pool: running.pool, now, timeoutMilliseconds: 30_000 }),
      ages,
    ),
)

it("comes to the same as the memory store, whatever is done", async () => {
  const { pool } = running
  await comparesToMemory({
    create: ({ now }) => postgresStore({ pool, now, timeoutMilliseconds: 30_000 }),
    held: (id) => heldIn(pool, id),
    runs: 60,
  })
}, 120_000)
