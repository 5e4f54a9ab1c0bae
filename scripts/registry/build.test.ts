import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, normalize } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { buildRegistry } from "./build.mjs"

interface Item {
  dependencies: string[]
  files: { type: string; target: string; content: string }[]
}

const folder = mkdtempSync(join(tmpdir(), "registry-"))
const built = buildRegistry(folder)
afterAll(() => rmSync(folder, { recursive: true }))

/** What an app has by itself. */
const given = /^(next\/|react$|react-dom$|node:)/

describe.each(["whole", "sources"] as const)("the registry item, %s", (which) => {
  const item: Item = JSON.parse(readFileSync(built[which], "utf8"))
  const targets = new Set(item.files.map(({ target }) => target))
  const packages = new Set(item.dependencies.map((dependency) => dependency.replace(/(.)@.*/, "$1")))
  const imports = item.files.flatMap(({ target, content }) =>
    [...content.matchAll(/\bfrom "([^"\n]+)"|\bimport\((?:\/\*.*\*\/ )?"([^"\n]+)"\)/g)]
      .map(([, first, second]) => first ?? second ?? "")
      .map((specifier) => ({ target, specifier })),
  )

  it("has files of the type shadcn writes as they are, with no components.json", () => {
    expect(item).toMatchObject({ type: "registry:item" })
    expect(new Set(item.files.map(({ type }) => type))).toEqual(new Set(["registry:file"]))
  })

  it("holds no test", () => {
    expect([...targets].filter((target) => /test/.test(target))).toEqual([])
    expect(packages).not.toContain("vitest")
  })

  it("holds or names all that its files import", () => {
    const missing = imports.filter(({ target, specifier }) => {
      if (!specifier.startsWith(".")) return !given.test(specifier) && !packages.has(specifier)
      const path = normalize(join(dirname(target), specifier))
      return ![`${path}.ts`, `${path}.tsx`, `${path}/index.ts`].some((file) => targets.has(file))
    })
    expect(imports.length).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })

  it("names no package that nothing imports", () => {
    const used = new Set(imports.map(({ specifier }) => specifier))
    expect([...packages].filter((name) => !used.has(name))).toEqual([])
  })
})
