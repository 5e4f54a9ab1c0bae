import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { buildLibrary, cache } from "../build.mjs"

const library = join(cache, "../session-speed/lib")

/**
 * The emitted library for plain Node, whose resolver needs the extension in `next/server` that bundlers
 * add. Written into a copy: a resolve hook would make every `import()` of the library slow.
 */
export function buildKit() {
  buildLibrary()
  rmSync(library, { recursive: true, force: true })
  cpSync(join(cache, "lib"), library, { recursive: true })
  for (const name of readdirSync(library, { recursive: true }).filter((path) => path.endsWith(".js"))) {
    const path = join(library, name)
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(from "next\/[\w-]+)"/g, '$1.js"'))
  }
}

/** What `setup` offers, and the parts a request goes through. */
export async function importKit() {
  const paths = ["index.js", "next/config.js", "next/open.js", "next/commit.js", "next/cookies.js"]
  const inside = [
    "forms/validate.js",
    "core/store.js",
    "core/random-id.js",
    "core/actor.js",
    "stores/seal-cache.js",
  ]
  const parts = await Promise.all([...paths, ...inside].map((path) => import(join(library, path))))
  return Object.assign({}, ...parts)
}

/** One visitor's cookies, as `cookies()` would give them. */
export function cookieReader(values) {
  const entries = Object.entries(values).map(([name, value]) => ({ name, value }))
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  return { get: (name) => byName.get(name), getAll: () => entries, set() {} }
}

const DAY = 24 * 60 * 60
export const seconds = () => Math.floor(Date.now() / 1000)
export const metaNow = () => ({ createdAt: seconds(), expiresAt: seconds() + 14 * DAY })
