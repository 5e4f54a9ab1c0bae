import { execFileSync } from "node:child_process"
import { mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core"
import { publint } from "publint"
import { afterAll, beforeAll, expect, it } from "vitest"
import root from "../../package.json"
import manifest from "../../lib/session/package.json"
import { describeApi } from "./api.mjs"
import { buildPackage, packPackage } from "./build.mjs"
import { measureEntries } from "./sizes.mjs"

/** Bytes, minified and gzipped, that each entry may bring; rounded up from what it brings today. */
const LIMITS: Record<string, number> = {
  ".": 36_600,
  "./react": 3_000,
  "./proxy": 24_000,
  "./instrumentation": 600,
  "./stores/cookie": 3_600,
  "./stores/memory": 3_600,
  "./stores/redis": 10_700,
  "./stores/postgres": 9_500,
  "./testing": 20_000,
  "./testing/store-suite": 8_000,
}

// Below the repository, whose dependencies it finds.
const build = fileURLToPath(new URL("../../build", import.meta.url))
mkdirSync(build, { recursive: true })
const scratch = mkdtempSync(join(build, "test-"))
const folder = join(scratch, "package")
let packed: ReturnType<typeof packPackage>
let sizes: Awaited<ReturnType<typeof measureEntries>>

beforeAll(async () => {
  packed = packPackage(buildPackage(folder))
  sizes = await measureEntries(folder)
}, 60_000)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

it("holds the library, its sources and its docs, and neither tests nor the app", () => {
  const paths = packed.files
  expect([...new Set(paths.map((path) => path.split("/")[0]))].toSorted()).toEqual(
    [
      "AGENTS.md",
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist",
      "docs",
      "llms.txt",
      "package.json",
      "src",
    ].toSorted(),
  )
  expect(paths.filter((path) => /\.test\.|test-support|fixture|e2e|bench/.test(path))).toEqual([])
  for (const { types, default: code } of entries())
    expect(paths).toEqual(expect.arrayContaining([types, code]))
})

it("is what publint wants", async () => {
  const { messages } = await publint({ pkgDir: folder, strict: true })
  expect(messages).toEqual([])
})

it("has types that are right wherever ES modules are", async () => {
  const tarball = createPackageFromTarballData(readFileSync(packed.tarball))
  const result = await checkPackage(tarball)
  if (result.types === false) throw new Error("there are no types")
  // Node 10 knows no exports, and CommonJS cannot require what is ESM alone: Next takes neither way.
  const matters = result.problems.filter(
    (problem) =>
      problem.kind !== "CJSResolvesToESM" &&
      !("resolutionKind" in problem && ["node10", "node16-cjs"].includes(problem.resolutionKind)),
  )
  expect(matters).toEqual([])
})

it("loads in plain Node, each entry by itself", () => {
  const app = join(scratch, "app/node_modules")
  mkdirSync(app, { recursive: true })
  symlinkSync(folder, join(app, "next-session-kit"))
  // The suite of cases is for vitest to load.
  const names = Object.keys(manifest.exports).filter((name) => !/suite|package\.json/.test(name))
  const script = names
    .map((name) => `await import(${JSON.stringify(name.replace(".", "next-session-kit"))})`)
    .join(";")
  execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: join(scratch, "app"),
  })
})

it("says what it exports as written down: vitest -u writes it anew", async () => {
  await expect(describeApi(folder)).toMatchFileSnapshot("api.txt")
})

it("stays within its sizes", () => {
  for (const [entry, { bytes }] of sizes) {
    console.log(`size | ${entry} | ${bytes} bytes, minified and gzipped`)
  }
  const over = [...sizes].filter(([entry, { bytes }]) => bytes > (LIMITS[entry] ?? 0))
  expect(over).toEqual([])
  expect([...sizes.keys()]).toEqual(Object.keys(LIMITS))
})

it("gives middleware no React and no forms", () => {
  const { modules: inProxy = [] } = sizes.get("./proxy") ?? {}
  expect(inProxy).toContain("next/middleware.js")
  expect(inProxy.filter((path) => /^(react|forms)\b/.test(path))).toEqual([])
})

it("asks for nothing that the repository was not tested with", () => {
  const installed: Record<string, string> = { ...root.dependencies, ...root.devDependencies }
  const asked = { ...manifest.dependencies, ...manifest.peerDependencies }
  for (const name of Object.keys(asked)) expect(Object.keys(installed)).toContain(name)
})

function entries(): { types: string; default: string }[] {
  return Object.values(manifest.exports)
    .filter((target) => typeof target !== "string")
    .map((target) => ({ types: target.types.slice(2), default: target.default.slice(2) }))
}
