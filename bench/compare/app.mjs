import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { copyFixture, edit } from "../../e2e/fixture-variant.mjs"

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Next's own documentation has it so, for middleware that is not to run for prefetches. */
const matcher = `matcher: [
    {
      source: "/((?!api|_next/static|_next/image|favicon.ico).*)",
      missing: [
        { type: "header", key: "next-router-prefetch" },
        { type: "header", key: "purpose", value: "prefetch" },
      ],
    },
  ],`

const sessionOf = (recipe) => `import { adapt } from "./compare/shared/adaptor"
import { recipe } from "./compare/${recipe}/recipe"

export const { getSession, withSession, sessionAction, stateAction, sessionRoute, sessionMiddleware, register, validate, back,
  FlashMessages } = adapt(recipe)
`

/** The fixture app, with a rival in the kit's place. @returns its folder */
export function makeApp({ name, recipe }) {
  const folder = here(`../../e2e/fixture-compare-${name}`)
  rmSync(folder, { recursive: true, force: true })
  copyFixture(folder)
  if (recipe === undefined) return folder

  mkdirSync(`${folder}/app/compare`)
  for (const part of ["shared", recipe])
    cpSync(here(part), `${folder}/app/compare/${part}`, { recursive: true })
  writeFileSync(`${folder}/app/session.ts`, sessionOf(recipe))
  edit(`${folder}/middleware.ts`, (code) => code.replace(/matcher: \[.*\],/s, matcher))
  if (recipe === "toast-cookie") {
    edit(`${folder}/app/layout.tsx`, (code) =>
      code
        .replace("\n\n", '\nimport { ServerToaster } from "./compare/toast-cookie/server-toaster"\n\n')
        .replace("{children}<", "{children}<ServerToaster /><"),
    )
  }
  return folder
}

/** @returns {string[]} the routes that `next build` prerendered, but for Next's own and metadata */
export function prerenderedRoutes(folder) {
  const { routes } = JSON.parse(readFileSync(`${folder}/.next/prerender-manifest.json`, "utf8"))
  return Object.keys(routes).filter((route) => !route.startsWith("/_") && !route.includes("."))
}
