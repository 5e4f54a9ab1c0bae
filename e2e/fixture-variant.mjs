import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"

const fixture = fileURLToPath(new URL("fixture", import.meta.url))
const generated = [".next", "node_modules", "next-env.d.ts", "tsconfig.tsbuildinfo"]

/**
 * Copies the fixture app into a folder of its own, as the variant needs its files. Most of what differs is
 * switched by environment (`next.config.mjs`).
 *
 * @param {string} folder whose files are overwritten
 * @param {{ cacheComponents?: boolean, middleware?: "middleware" | "proxy" | "nodejs", toaster?: boolean,
 *   onlyNode?: boolean, postgres?: boolean }} variant
 *   `proxy`: the middleware file has Next's newer name; `nodejs`: it asks for the Node.js runtime; `toaster`: messages
 *   are shown by a component of the app's own; `onlyNode`: nothing asks for the Edge runtime;
 *   `postgres`: sessions are in the database that DATABASE_URL names
 */
export function copyFixture(
  folder,
  { cacheComponents = false, middleware = "middleware", toaster = false, onlyNode = false, postgres = false } = {},
) {
  cpSync(fixture, folder, { recursive: true, filter: (path) => !generated.includes(basename(path)) })
  // A segment's options are also an error under cacheComponents, which prerenders what it can by itself.
  if (onlyNode || cacheComponents) rmSync(`${folder}/app/api/edge`, { recursive: true })
  if (cacheComponents) {
    edit(`${folder}/app/(site)/forced/page.tsx`, (code) => code.replace(/^export const dynamic.*$/m, ""))
  }
  if (toaster) {
    for (const path of ["(site)/layout", "(apart)/apart/page", "prerendered/page"]) {
      const importing = 'import { Toaster } from "@/app/toaster"\n'
      edit(`${folder}/app/${path}.tsx`, (code) =>
        importing + code.replace(/<FlashMessages( prerendered)? \/>/, "<FlashMessages$1 as={Toaster} />"),
      )
    }
  }
  if (postgres) writeFileSync(`${folder}/app/store.ts`, POSTGRES_STORE)
  if (middleware === "proxy") renameSync(`${folder}/middleware.ts`, `${folder}/proxy.ts`)
  if (middleware === "nodejs")
    edit(`${folder}/middleware.ts`, (code) =>
      code.replace("export const config = {", '$&\n  runtime: "nodejs",'),
    )
}

/** A file of its own, for the Edge runtime of other variants cannot load `pg`. */
const POSTGRES_STORE = `import { postgresStore } from "next-session-kit/stores/postgres"
import { Pool } from "pg"

export function storeOfEnvironment() {
  return { store: postgresStore({ pool: new Pool({ connectionString: process.env.DATABASE_URL }) }) }
}
`

/** Changes a file, and fails where there was nothing to change. */
export function edit(path, change) {
  const code = readFileSync(path, "utf8")
  const changed = change(code)
  if (changed === code) throw new Error(`${path} is not what was expected: nothing to change in it`)
  writeFileSync(path, changed)
}
