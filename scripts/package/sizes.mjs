import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { rolldown } from "rolldown"

/**
 * What of the built package each entry brings into a bundle: its modules, and their size, minified and
 * compressed. Not counted is what a bundle loads only when it is used, and other people's packages.
 *
 * @param {string} folder the built package
 * @returns {Promise<Map<string, { bytes: number, modules: string[] }>>} by entry; gzipped bytes, and paths in `dist`
 */
export async function measureEntries(folder) {
  const { exports: entries } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  const code = Object.entries(entries).filter(([, target]) => target.default !== undefined)
  return new Map(
    await Promise.all(
      code.map(async ([entry, target]) => [entry, await measure(join(folder, target.default), folder)]),
    ),
  )
}

async function measure(input, folder) {
  // Silent: that a bundle of all loses "use client" is no matter to its size.
  const bundle = await rolldown({ input, external: /^[^./]/, treeshake: true, logLevel: "silent" })
  const { output } = await bundle.generate({ format: "esm", minify: true })
  await bundle.close()
  const [first] = output
  const loadedAtOnce = withImports(first, output)
  return {
    bytes: loadedAtOnce.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0),
    modules: loadedAtOnce
      .flatMap((chunk) => chunk.moduleIds)
      .map((id) => id.slice(join(folder, "dist/").length))
      .toSorted(),
  }
}

function withImports(chunk, output, seen = new Set()) {
  if (seen.has(chunk)) return []
  seen.add(chunk)
  const imported = output.filter(({ fileName }) => chunk.imports.includes(fileName))
  return [chunk, ...imported.flatMap((other) => withImports(other, output, seen))]
}
