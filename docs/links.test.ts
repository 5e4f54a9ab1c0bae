import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name))
const pages = ["README.md", "AGENTS.md", "CHANGELOG.md", "llms.txt", ...markdownIn("docs")]

const read = (page: string) => readFileSync(join(root, page), "utf8")
/** A page without its code, in which brackets and `#` mean something else. */
const proseOf = (page: string) => read(page).replace(/^```[\s\S]*?^```/gm, "")

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  )
}

const linksOf = (page: string) => [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link)
const isRelative = (link: string) => !/^[a-z]+:/.test(link)

describe.each(pages)("%s", (page) => {
  it.each([...new Set(linksOf(page))].filter(isRelative))("leads to %s", (link) => {
    const [path = "", anchor] = link.split("#")
    const target = path === "" ? page : normalize(join(dirname(page), path))
    expect(existsSync(join(root, target)), `${target} exists`).toBe(true)
    if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor)
  })

  it("names files that are there", () => {
    // Of an app that uses the kit nothing is here but what the example app has, too.
    const named = [...proseOf(page).matchAll(/`((?:docs|e2e|bench|lib|scripts)\/[\w./()-]+\.\w+)`/g)]
    expect(named.flatMap(([, path = ""]) => (existsSync(join(root, path)) ? [] : path))).toEqual([])
  })
})

it("docs/README.md and llms.txt list every page of the docs", () => {
  for (const index of ["docs/README.md", "llms.txt"]) {
    const listed = linksOf(index).map((link) => normalize(join(dirname(index), link)))
    const all = markdownIn("docs").filter((page) => page !== "docs/README.md")
    expect(all.filter((page) => !listed.includes(page))).toEqual([])
  }
})
