import { importLibrary } from "../build.mjs"

/** What `setup` offers, and the parts a request goes through. */
export async function importKit() {
  const paths = [
    "index.js",
    "next/config.js",
    "next/open-session.js",
    "next/commit-session.js",
    "next/cookies.js",
    "stores/cookie.js",
    "stores/memory.js",
    "stores/postgres.js",
    "stores/redis.js",
  ]
  const inside = [
    "forms/validate.js",
    "core/store.js",
    "core/random-id.js",
    "core/actor.js",
    "stores/cookie/seal-cache.js",
  ]
  const parts = await Promise.all([...paths, ...inside].map((path) => importLibrary(path)))
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
