import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const root = new URL("../", import.meta.url)

/** Pages whose tables name, row by row, the test that proves the row. */
describe.each([
  { name: "docs/security.md", heading: "| proved by |", atLeast: 40 },
  { name: "docs/next-internals.md", heading: "| pinned by |", atLeast: 20 },
])("$name", ({ name, heading, atLeast }) => {
  const page = readFileSync(new URL(name, root), "utf8")
  /** Cells of the form `file` › title. */
  const references = [...page.matchAll(/`([\w./-]+\.ts)` › (.+?) \|$/gm)].map(
    ([, file = "", title = ""]) => ({
      file,
      title,
    }),
  )

  it.each(references)("$file has a test: $title", ({ file, title }) => {
    const url = new URL(file, root)
    expect(existsSync(url)).toBe(true)
    const source = readFileSync(url, "utf8")
    const quoted = ['"', "`"].map((quote) => `${quote}${title}${quote}`)
    expect(quoted.some((text) => source.includes(text))).toBe(true)
  })

  it("names a test in every row of its tables of proofs", () => {
    const proofs = page.split(heading).slice(1)
    const rows = proofs.flatMap((table) =>
      (table.split("\n\n")[0] ?? "").split("\n").filter((line) => line.startsWith("| ")),
    )
    expect(rows.filter((row) => !row.includes("` › "))).toEqual([])
    expect(rows).toHaveLength(references.length)
    expect(rows.length).toBeGreaterThan(atLeast)
  })

  it("names files that are there", () => {
    const files = [...page.matchAll(/^\| `([\w./-]+\.tsx?)` \|/gm)].map(([, file]) => `lib/session/${file}`)
    expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([])
  })

  it("fits on its page", () => {
    expect(page.split("\n").length).toBeLessThanOrEqual(150)
  })
})
