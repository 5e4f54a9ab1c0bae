import { spawnSync } from "node:child_process"
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildOnce } from "../build.mjs"

const here = fileURLToPath(new URL(".", import.meta.url))
const root = join(here, "../..")
export const next = join(root, "node_modules/next/dist/bin/next")

/** The one app, with each of the middlewares that are compared; with none, `stores` with any store. */
const replacements = {
  none: {},
  stores: { "app/store-by-environment.ts": "app/store.ts" },
  empty: { "middleware-empty.tsx": "middleware.tsx" },
  ours: { "middleware-ours.tsx": "middleware.tsx" },
  emptyProxy: { "middleware-empty.tsx": "proxy.tsx" },
  oursProxy: { "middleware-ours.tsx": "proxy.tsx" },
  hand: { "middleware-hand.tsx": "middleware.tsx" },
}

export const folderOf = (variant) => join(here, `.next-${variant}`)

/** Builds what has changed since it was last built. */
export function buildApps(variants, log) {
  const sources = [
    "lib/session",
    "bench/speed/app",
    "bench/speed/data.mjs",
    "bench/speed/secrets.mjs",
    "package-lock.json",
  ]
  for (const variant of variants) {
    buildOnce(folderOf(variant), sources, () => {
      log(`building the app: ${variant}`)
      build(variant)
    })
  }
}

function build(variant) {
  const cwd = folderOf(variant)
  rmSync(cwd, { recursive: true, force: true })
  // A folder each, because builds cannot share one; beside the app, so that its relative imports hold.
  cpSync(join(here, "app"), cwd, { recursive: true, filter: (path) => !path.endsWith(".next") })
  for (const [from, to] of Object.entries(replacements[variant])) renameSync(join(cwd, from), join(cwd, to))
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" }
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [next, "build"], { cwd, env })
  if (status !== 0)
    throw new Error(`next build ended with ${status ?? signal} in ${cwd}:\n${stdout}${stderr}`)
  const runs = ["middleware-manifest.json", "functions-config-manifest.json"].map((manifest) => {
    const { middleware, functions } = JSON.parse(readFileSync(join(cwd, ".next/server", manifest), "utf8"))
    return Object.hasOwn(middleware ?? {}, "/") || Object.hasOwn(functions ?? {}, "/_middleware")
  })
  const has = ["middleware.tsx", "proxy.tsx"].some((file) => existsSync(join(cwd, file)))
  if (runs.includes(true) !== has)
    throw new Error(`${variant} was built with a middleware it has not, or without the one it has`)
}
