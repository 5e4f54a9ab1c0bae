import { readFileSync } from "node:fs"
import { cpus, loadavg, totalmem, release, type } from "node:os"
import { fileURLToPath } from "node:url"

const versionOf = (name) => {
  const path = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url))
  return JSON.parse(readFileSync(path, "utf8")).version
}

/** What the figures belong to. */
export function machine() {
  const [{ model }] = cpus()
  const packages = [
    "next",
    "react",
    "iron-session",
    "@hapi/iron",
    "iron-webcrypto",
    "jose",
    "@upstash/redis",
    "lru-cache",
  ]
  return {
    processor: `${cpus().length} × ${model.trim()}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${type()} ${release()}`,
    load: Math.round(loadavg()[1] * 10) / 10,
    node: process.version,
    ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  }
}
