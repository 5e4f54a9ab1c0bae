import { readFileSync } from "node:fs"
import { expect, it } from "vitest"

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")
const codesIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, code]) => code).toSorted()

it("docs/errors.md lists every code, and no other", () => {
  const listed = codesIn(read("errors.md"), /^\| `(SESSION_\w+)`/gm)
  expect(listed).toEqual(codesIn(read("../lib/session/core/errors.ts"), /\| "(SESSION_\w+)"/g))
  expect(listed.length).toBeGreaterThan(10)
})
