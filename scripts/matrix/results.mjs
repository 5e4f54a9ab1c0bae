import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { repository } from "./folders.mjs"
import { writeTables } from "./write-tables.mjs"

const file = join(repository, "docs/matrix.json")

/** @returns {Record<string, object>} what each cell was last seen to give, by its name */
export function readResults() {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}
}

/** Keeps what a cell gave, and tells of it where versions are told of. */
export function recordResult(name, result) {
  const results = { ...readResults(), [name]: result }
  const sorted = Object.fromEntries(Object.entries(results).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
  writeTables(sorted)
}
