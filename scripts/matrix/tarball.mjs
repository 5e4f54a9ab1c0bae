import { existsSync, mkdirSync, copyFileSync } from "node:fs"
import { join } from "node:path"
import { buildPackage, packPackage } from "../package/build.mjs"
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
  copyFileSync(packPackage(folder).tarball, tarball)
  return tarball
}
