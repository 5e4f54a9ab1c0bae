import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { repository } from "./folders.mjs"
import { readmeTable, versionTables } from "./tables.mjs"

const tables = { "README.md": readmeTable, "docs/versions.md": versionTables }

const marked = /(<!-- matrix -->\n)[\s\S]*?(<!-- \/matrix -->)/

/**
 * @param {Record<string, object>} results as `docs/matrix.json` has them
 * @returns {Record<string, string>} each page that has tables, by its path, with the tables as they have to be
 * @throws Error when a page has no place for them
 */
export function pagesWithTables(results) {
  return Object.fromEntries(
    Object.entries(tables).map(([path, table]) => {
      const page = readFileSync(join(repository, path), "utf8")
      if (!marked.test(page)) throw new Error(`${path} has no <!-- matrix --> … <!-- /matrix -->`)
      return [path, page.replace(marked, (_, before, after) => `${before}\n${table(results)}\n\n${after}`)]
    }),
  )
}

export function writeTables(results) {
  for (const [path, page] of Object.entries(pagesWithTables(results)))
    writeFileSync(join(repository, path), page)
}
