import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { emitLibrary } from "../scripts/package/emit.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
const app = join(root, "bench/app")
const bin = (path) => join(root, "node_modules", path)

export const cache = bin(".cache/session-torture")
const library = join(cache, "lib")

/** Emits the library as JavaScript, for clients that are plain Node processes: Node 20 strips no types. */
export function buildLibrary() {
  buildOnce(library, ["lib/session", "tsconfig.json", "tsconfig.lib.json"], () => {
    emitLibrary(join(root, "lib/session"), library)
    // Below node_modules the repository's own package.json no longer counts.
    writeFileSync(join(library, "package.json"), '{ "type": "module" }\n')
  })
}

/** A module of the emitted library. */
export function importLibrary(path) {
  return import(join(library, path))
}

/** Builds the app that the HTTP level runs on. */
export function buildApp() {
  const sources = [
    "lib/session",
    "bench/app",
    "bench/naive-store.mjs",
    "bench/gates.mjs",
    "package-lock.json",
  ]
  buildOnce(join(app, ".next"), sources, () => run(bin("next/dist/bin/next"), app, "build"))
}

export const nextStart = { script: bin("next/dist/bin/next"), cwd: app }

/** Builds `output` unless it was built from the same sources, which are paths from the root. */
export function buildOnce(output, sources, build) {
  const stamp = join(output, "built-from")
  const wanted = hashOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return
  rmSync(stamp, { force: true })
  build()
  writeFileSync(stamp, wanted)
}

function hashOf(sources) {
  const hash = createHash("sha256")
  for (const path of sources.flatMap(filesIn).toSorted())
    hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest("hex")
}

/** Paths from the root. What a build writes is no source, and neither are tests. */
function filesIn(path) {
  if (/(\.test\.ts|next-env\.d\.ts|\.next)$/.test(path)) return []
  let entries
  try {
    entries = readdirSync(join(root, path))
  } catch (error) {
    if (error.code !== "ENOTDIR") throw error
    return [path]
  }
  return entries.flatMap((entry) => filesIn(`${path}/${entry}`))
}

/** Silent unless it fails: standard output belongs to the results. */
function run(script, cwd, ...args) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd, env })
  if (status !== 0) throw new Error(`${[script, ...args].join(" ")} failed:\n${stdout}${stderr}`)
}
