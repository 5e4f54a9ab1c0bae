import { existsSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"

const root = new URL("../", import.meta.url)
const page = readFileSync(new URL("docs/security.md", root), "utf8")

/** Cells of the form `file` › title. */
const references = [...page.matchAll(/`([\w./-]+\.ts)` › (.+?) \|$/gm)].map(([, file = "", title = ""]) => ({
  file,
  title,
}))

it.each(references)("$file has a test: $title", ({ file, title }) => {
  const url = new URL(file, root)
  expect(existsSync(url)).toBe(true)
  const source = readFileSync(url, "utf8")
  const quoted = ['"', "`"].map((quote) => `${quote}${title}${quote}`)
  expect(quoted.some((text) => source.includes(text))).toBe(true)
})

it("docs/security.md names a test in every row of its tables of proofs", () => {
  const proofs = page.split("| proved by |").slice(1)
  const rows = proofs.flatMap((table) =>
    (table.split("\n\n")[0] ?? "").split("\n").filter((line) => line.startsWith("| ")),
  )
  expect(rows.filter((row) => !row.includes("` › "))).toEqual([])
  expect(rows).toHaveLength(references.length)
  expect(rows.length).toBeGreaterThan(40)
})

it("docs/security.md fits on its page", () => {
  expect(page.split("\n").length).toBeLessThanOrEqual(150)
})
