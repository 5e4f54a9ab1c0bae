import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { cells } from "./cells.mjs"
import { repository } from "./folders.mjs"
import { nameOf, parseOptions } from "./options.mjs"
import { readResults } from "./results.mjs"
import { versionTables } from "./tables.mjs"
import { pagesWithTables } from "./write-tables.mjs"

it.each(Object.entries(pagesWithTables(readResults())))(
  "the tables of %s are what was seen",
  (path, page) => {
    expect(readFileSync(join(repository, path), "utf8")).toBe(page)
  },
)

it("a result of a cell that is no longer run is not kept", () => {
  expect(Object.keys(readResults()).filter((name) => !cells.some((cell) => nameOf(cell) === name))).toEqual(
    [],
  )
})

it("each cell has a name of its own", () => {
  expect(new Set(cells.map(nameOf)).size).toBe(cells.length)
})

it("what failed or was not run is listed with its reason, and in no table", () => {
  const [first, second] = cells.map(nameOf)
  const result = { versions: { next: "1.2.3" }, passed: 1, skipped: [], date: "2026-01-01" }
  const text = versionTables({
    [String(first)]: { ...result, failed: ["D1 › it is shown"] },
    [String(second)]: { ...result, failed: [], trouble: "npm install ended with 1:\nmore" },
  })
  expect(text).toContain(": D1 › it is shown\n")
  expect(text).toContain(": npm install ended with 1:\n")
  expect(text).toContain("not run yet")
  expect(text).not.toContain("1.2.3")
})

it("an option that does not exist is refused, with those that do", () => {
  expect(() => parseOptions(["--bundler", "rspack"])).toThrow("there are turbopack, webpack")
})
