import { spawnSync } from "node:child_process"
import { cpSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildOnce } from "../build.mjs"

const here = fileURLToPath(new URL(".", import.meta.url))
const root = join(here, "../..")
export const next = join(root, "node_modules/next/dist/bin/next")

/** The one app, with each of the middlewares that are compared, and with none. */
export const variants = ["none", "empty", "ours", "hand"]

export const folderOf = (variant) => join(here, `.next-${variant}`)

/** Builds what has changed since it was last built. */
export function buildApps(log) {
  const sources = [
    "lib/session",
    "bench/speed/app",
    "bench/speed/data.mjs",
    "bench/speed/secrets.mjs",
    "package-lock.json",
  ]
  for (const variant of variants) {
    buildOnce(folderOf(variant), sources, () => {
      log(`building the app, middleware: ${variant}`)
      build(variant)
    })
  }
}

function build(variant) {
  const cwd = folderOf(variant)
  rmSync(cwd, { recursive: true, force: true })
  // A folder each, because builds cannot share one; beside the app, so that its relative imports hold.
  cpSync(join(here, "app"), cwd, { recursive: true, filter: (path) => !path.endsWith(".next") })
  if (variant !== "none") renameSync(join(cwd, `middleware-${variant}.ts`), join(cwd, "middleware.ts"))
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" }
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [next, "build"], { cwd, env })
  if (status !== 0)
    throw new Error(`next build ended with ${status ?? signal} in ${cwd}:\n${stdout}${stderr}`)
}
