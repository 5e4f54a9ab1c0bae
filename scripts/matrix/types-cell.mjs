import { cpSync, mkdirSync, writeFileSync } from "node:fs"
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { install, installedVersion } from "./install.mjs"

const app = fileURLToPath(new URL("types", import.meta.url))

/** As strict as an app may be, and with declarations checked instead of believed. */
const strictest = {
  target: "ES2017",
  lib: ["dom", "dom.iterable", "esnext"],
  jsx: "react-jsx",
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  isolatedModules: true,
  types: ["node", "react"],
}

const resolutions = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
}

/**
 * Type-checks a small app that imports every entry of the packed kit, by each way to resolve modules, without
 * the packages that are optional. Errors in other packages' declarations are theirs.
 *
 * @param {import("./options.mjs").CellOptions} cell
 * @returns what `runAppCell` returns, with a case for each way
 */
export async function runTypesCell(cell, folder, tarball) {
  mkdirSync(folder, { recursive: true })
  cpSync(app, folder, { recursive: true })
  await install(folder, {
    dependencies: {
      next: cell.next,
      "next-session-kit": `file:${tarball}`,
      react: "^19.0.0",
      "react-dom": "^19.0.0",
      zod: "^4.0.0",
    },
    devDependencies: {
      "@types/node": "^20.0.0",
      "@types/react": "^19.0.0",
      "@types/react-dom": "^19.0.0",
      typescript: `~${cell.typescript}.0`,
    },
  })
  const failed = Object.entries(resolutions).flatMap(([name, compilerOptions]) => {
    const project = `tsconfig.${name}.json`
    const config = { compilerOptions: { ...strictest, ...compilerOptions }, include: ["*.ts", "*.tsx"] }
    writeFileSync(join(folder, project), JSON.stringify(config, null, 2))
    const errors = errorsOf(folder, project)
    return errors.length === 0 ? [] : [`${name}: ${errors.join("\n")}`]
  })
  const names = ["next", "react", "typescript"]
  return {
    versions: {
      ...Object.fromEntries(names.map((name) => [name, installedVersion(folder, name)])),
      node: process.versions.node,
    },
    passed: Object.keys(resolutions).length - failed.length,
    failed,
    skipped: [],
  }
}

function errorsOf(folder, project) {
  const tsc = join(folder, "node_modules/typescript/bin/tsc")
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", project, "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  })
  const errors = stdout.split("\n").filter((line) => /error TS/.test(line))
  if (status !== 0 && errors.length === 0) return [`tsc ended with ${status}: ${stdout.slice(-500)}`]
  return errors.filter((line) => !/^node_modules\/(?!next-session-kit\/)/.test(line))
}
