import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, expect, it } from "vitest"
import { snippetsOf } from "../fresh/snippets.mjs"
import { buildPackage } from "./build.mjs"

/** webpack follows an import that Turbopack leaves out: what stands behind a `return`, for one. */

const root = fileURLToPath(new URL("../../", import.meta.url))
// Below the repository, whose dependencies it finds.
mkdirSync(join(root, "build"), { recursive: true })
const scratch = mkdtempSync(join(root, "build/webpack-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** The check at start, as a page of the docs has it. */
function checkAtStart(page: string): string {
  const snippets = snippetsOf(readFileSync(join(root, "docs", page), "utf8"))
  return snippets.find(({ path }) => path === "instrumentation.ts")?.code ?? ""
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, path)), { recursive: true })
    writeFileSync(join(scratch, path), text)
  }
}

it("builds with a pool of Postgres, an Edge route beside it, and the check at start of the docs", async () => {
  const ofAdding = checkAtStart("adding.md")
  const [, itsIf = ""] = ofAdding.split("register() {\n")
  expect(itsIf).toContain("await session.register()")
  expect(checkAtStart("stores.md")).toContain(itsIf)
  buildPackage(join(scratch, "package"))
  mkdirSync(join(scratch, "node_modules"))
  symlinkSync("../package", join(scratch, "node_modules/next-session-kit"))
  write({
    "package.json": "{}",
    "next.config.mjs": `export default {
      outputFileTracingRoot: ${JSON.stringify(root)},
      // The sources of the package lie below the app here.
      typescript: { ignoreBuildErrors: true },
    }`,
    "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }`,
    "instrumentation.ts": ofAdding,
    "proxy.ts": `export { sessionMiddleware as default } from "@/app/session"`,
    "app/session.ts": `
      import { Pool } from "pg"
      import { setup } from "next-session-kit"
      import { postgresStore } from "next-session-kit/stores/postgres"
      export const { getSession, sessionMiddleware, register } = setup({ store: postgresStore({ pool: new Pool() }) })`,
    "app/layout.tsx": `
      export default function Layout({ children }) { return <html><body>{children}</body></html> }`,
    "app/page.tsx": `
      import { getSession } from "@/app/session"
      export default async function Page() { return <p>{(await getSession()).id}</p> }`,
    "app/ping/route.ts": `
      export const runtime = "edge"
      export const GET = () => Response.json({ ok: true })`,
  })
  const next = join(root, "node_modules/next/dist/bin/next")
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" }
  const build = promisify(execFile)(process.execPath, [next, "build", "--webpack"], { cwd: scratch, env })
  const { stdout, stderr } = await build.catch((failed: { stdout: string; stderr: string }) => {
    throw new Error(failed.stdout + failed.stderr)
  })
  expect(stdout).toContain("/ping")
  expect(stdout + stderr).not.toMatch(/Module not found|Compiled with warnings/)
}, 300_000)
