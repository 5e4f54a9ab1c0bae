import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { packedSources } from "./build.mjs"

const library = fileURLToPath(new URL("../../lib/session/", import.meta.url))
const sourceOf = (path: string) => readFileSync(library + path, "utf8")

/**
 * Next's bundlers give server code another module for `next/navigation` than the browser's, by that very name.
 * The package says `next/navigation.js`, as Node wants it, and a route handler that reaches it does not build.
 */
it("only client code imports next/navigation", () => {
  const importing = packedSources().filter((path) => sourceOf(path).includes('from "next/navigation"'))
  expect(importing.length).toBeGreaterThan(0)
  expect(importing.filter((path) => !sourceOf(path).startsWith('"use client"'))).toEqual([])
})
