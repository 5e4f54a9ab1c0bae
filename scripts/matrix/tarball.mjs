import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, copyFileSync } from "node:fs"
import { join } from "node:path"
import { buildPackage } from "../package/build.mjs"
import { matrixFolder, repository } from "./folders.mjs"
import { librarySources } from "./sources.mjs"

/**
 * Packs the library as `npm publish` would, once for the same sources.
 *
 * @returns {string} the tarball's path
 * @throws Error with what npm said
 */
export function packLibrary() {
  const tarball = join(matrixFolder, `next-session-kit-${librarySources()}.tgz`)
  if (existsSync(tarball)) return tarball
  mkdirSync(matrixFolder, { recursive: true })
  // In the repository, where the compiler finds what the library imports.
  const folder = buildPackage(join(repository, "build/matrix"))
  const { status, stdout, stderr } = spawnSync("npm", ["pack", "--json"], { cwd: folder, encoding: "utf8" })
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`)
  copyFileSync(join(folder, filenameIn(stdout)), tarball)
  return tarball
}

/** npm 11 and earlier answer a list, npm 12 a map. */
function filenameIn(json) {
  return Object.values(JSON.parse(json))[0].filename
}
