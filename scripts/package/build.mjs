import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { emitLibrary } from "./emit.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))
const library = join(root, "lib/session")

/** Test code lies beside what it tests and is not packed. */
const isTestCode = (path) => /\.test\.tsx?$/.test(path) || basename(path) === "test-support"

/** The library's files that other people get, as paths from `lib/session`. */
export function packedSources() {
  return readdirSync(library, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.split("/").some(isTestCode))
    .toSorted()
}

/**
 * Puts the package together in a folder of its own, from `lib/session`, whose manifest names its entries:
 * `src` as it is, `dist` as TypeScript emits it, and the docs. `npm pack` and `npm publish` run there.
 *
 * @param {string} [folder] where; made anew
 * @returns {string} the folder
 */
export function buildPackage(folder = join(root, "build/package")) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const path of packedSources()) cpSync(join(library, path), join(folder, "src", path))
  emitLibrary(join(folder, "src"), join(folder, "dist"))
  rmSync(join(folder, "tsconfig.emit.json"))
  cpSync(join(library, "package.json"), join(folder, "package.json"))
  for (const name of ["README.md", "LICENSE", "CHANGELOG.md", "AGENTS.md", "llms.txt"]) {
    cpSync(join(root, name), join(folder, name))
  }
  cpSync(join(root, "docs"), join(folder, "docs"), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts"),
  })
  return folder
}

/**
 * Packs what `buildPackage` put together, as `npm publish` would.
 *
 * @param {string} folder what it returned
 * @returns {{ tarball: string, files: string[] }} its path, and what is in it, as paths in the package
 * @throws Error with what npm said
 */
export function packPackage(folder) {
  const { status, stdout, stderr } = spawnSync("npm", ["pack", "--json"], { cwd: folder, encoding: "utf8" })
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`)
  // npm 11 and earlier answer a list, npm 12 a map.
  const [{ filename, files }] = Object.values(JSON.parse(stdout))
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(buildPackage())
