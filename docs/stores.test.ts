import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { postgresMigration } from "../lib/session/stores/postgres/migration"

it("docs/stores.md shows the SQL of the Postgres store's table as it is", () => {
  const page = readFileSync(new URL("stores.md", import.meta.url), "utf8")
  expect(page).toContain(`\`\`\`sql\n${postgresMigration()}\`\`\``)
})
