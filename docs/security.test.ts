import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const tests = ["lib", "e2e"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter(
      (path) => /\.(test|spec)\.ts$|-suite\.ts$/.test(path) && !/node_modules|\.next|fixture/.test(path),
    )
    .map((path) => readFileSync(join(root, folder, path), "utf8")),
)

it("docs/security.md names tests that exist", () => {
  const page = readFileSync(join(root, "docs", "security.md"), "utf8")
  const [, table = ""] = page.split("## Items and their tests")
  const titles = [...table.matchAll(/^\|.*\| `([^`]+)` \|$/gm)].map(([, title = ""]) => title)
  expect(titles.length).toBeGreaterThan(25)
  expect(titles.filter((title) => !tests.some((text) => text.includes(title)))).toEqual([])
})
