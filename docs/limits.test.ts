import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import * as limits from "../lib/session/core/limits"

it("docs/limits.md lists every limit as it is", () => {
  const page = readFileSync(new URL("limits.md", import.meta.url), "utf8")
  const rows = [...page.matchAll(/^\| .+ \| ([\d,]+) \| `(\w+)` \|$/gm)].map(([, value = "", name = ""]) => [
    name,
    Number(value.replaceAll(",", "")),
  ])
  expect(Object.fromEntries(rows)).toEqual({ ...limits })
  expect(rows).toHaveLength(Object.keys(limits).length)
})
