import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))

/**
 * Emits the library as JavaScript modules that plain Node can load, with types.
 *
 * @param {string} from folder with the sources
 * @param {string} to folder for what is emitted; made anew
 * @param {string[]} [flags] further flags for the TypeScript compiler
 */
export function emitLibrary(from, to, flags = []) {
  rmSync(to, { recursive: true, force: true })
  const tsc = join(root, "node_modules/typescript/bin/tsc")
  const project = join(root, "tsconfig.lib.json")
  // A project file has fixed paths, and sources that are about to be packed lie elsewhere.
  const given = JSON.parse(readFileSync(project, "utf8"))
  mkdirSync(dirname(to), { recursive: true })
  const local = join(dirname(to), "tsconfig.emit.json")
  writeFileSync(
    local,
    JSON.stringify({
      ...given,
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        ...given.compilerOptions,
        rootDir: from,
        outDir: to,
        typeRoots: [join(root, "node_modules/@types")],
      },
      include: [join(root, "next-env.d.ts"), from],
      exclude: [join(from, "**/*.test.ts"), join(from, "test-support")],
    }),
  )
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", local, ...flags], { encoding: "utf8" })
  if (status !== 0) throw new Error(`The library does not compile:\n${stdout}`)
  for (const path of readdirSync(to, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|d\.ts)$/.test(path)) continue
    const file = join(to, path)
    writeFileSync(file, withWholeSpecifiers(readFileSync(file, "utf8"), file))
  }
}

/**
 * Sources name modules as Next's bundlers and TypeScript's `bundler` resolution take them. Node wants the
 * file: `./core/json.js`, and `next/server.js`, for Next's own package has no `exports`.
 */
function withWholeSpecifiers(code, file) {
  return code
    .replace(/((?:\bfrom|\bimport)\s*\(?\s*")(\.{1,2}(?:\/[^"]+)?)"/g, (_, before, path) => {
      const whole = [`${path}.js`, `${path}/index.js`].find((name) => existsSync(join(dirname(file), name)))
      if (whole === undefined) throw new Error(`${file} imports ${path}, which was not emitted`)
      return `${before}${whole}"`
    })
    .replace(/(\bfrom\s+"next\/(?:server|headers|navigation|cache))"/g, '$1.js"')
}
