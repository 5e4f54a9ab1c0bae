import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { run } from "./process.mjs"

/**
 * Makes a folder an npm project of its own with these packages, and installs them. What is installed
 * already stays.
 *
 * @param {string} folder
 * @param {object} manifest `dependencies`, `overrides`
 * @throws Error with the end of what npm said
 */
export async function install(folder, manifest) {
  const file = join(folder, "package.json")
  const wanted = JSON.stringify({ name: "cell", private: true, type: "module", ...manifest }, null, 2)
  const marker = join(folder, "node_modules/.matrix.json")
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return
  rmSync(join(folder, "node_modules"), { recursive: true, force: true })
  rmSync(join(folder, "package-lock.json"), { force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, wanted)
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], {
    cwd: folder,
    log: join(folder, "install.log"),
  })
  writeFileSync(marker, wanted)
}

/** @returns {string | undefined} the version that is installed */
export function installedVersion(folder, name) {
  const manifest = join(folder, "node_modules", name, "package.json")
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined
}
