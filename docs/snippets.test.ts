import { spawnSync } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { snippetsOf } from "../scripts/fresh/snippets.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
].filter((page) => /```tsx?\n/.test(readFileSync(join(root, page), "utf8")))

/** What the snippets import besides each other. */
const stubs: Record<string, string> = {
  "app/(site)/login/users.ts": `
    import { z } from "zod"
    export const Login = z.object({ email: z.email(), password: z.string() })
    export async function findUser(email: string, password: string) {
      return password === "" ? undefined : { id: email, name: "Ada" }
    }`,
  "app/session.ts": `
    import { setup } from "next-session-kit"
    export const { getSession, withSession, sessionAction, stateAction, sessionRoute, sessionMiddleware, validate, back,
      FlashMessages } = setup<{ userId: string }>()`,
  // Pages but the README and docs/testing.md use neither.
  "app/login/actions.ts": `
    import { setup } from "next-session-kit"
    const { sessionAction } = setup<{ userId: string }>()
    export const login = sessionAction((session, form: FormData) => session.put("userId", String(form.get("email"))))`,
  "app/api/notes/route.ts": `
    import { setup } from "next-session-kit"
    const { sessionRoute } = setup<{ userId: string }>()
    export const POST = sessionRoute((session) => Response.json(session.all()))`,
  "app/admin/session.ts": `
    import { setup } from "next-session-kit"
    export const { sessionMiddleware } = setup<{ name: string }>({ cookieName: "admin" })`,
  "app/profile/parts.ts": `
    import { z } from "zod"
    import type { Profile } from "./schema"
    type Person = z.output<typeof Profile>
    export const rename = async (name: string) => name !== ""
    export const profileOf = async (userId: string): Promise<Person> => ({ name: userId, email: "", topics: [] })
    export const saveProfileOf = async (userId: string, profile: Person) => void [userId, profile]`,
  // Pages but docs/forms.md have no such snippet.
  "app/profile/schema.ts": `
    import { z } from "zod"
    export const Profile = z.object({ name: z.string(), email: z.string(), topics: z.array(z.string()) })`,
  "app/people.ts": `
    export interface Person { id: string; name: string }
    export const findPerson = (id: string): Person | undefined => (id === "" ? undefined : { id, name: "Ada" })
    export const authenticate = async (email: string, password: string) => (password === "" ? undefined : findPerson(email))
    export const authorizeUrl = (begun: { state: string; verifier: string }) => "https://login.example/?" + begun.state
    export const exchangeCode = async (code: string, verifier: string): Promise<Person> => ({ id: code, name: verifier })`,
  "app/notes/parts.ts": `
    export const addNote = async (person: string, text: string) => void [person, text]
    export const notesOf = async (person: string) => [person]`,
  "app/orders/parts.ts": `
    export const cancel = async (id: string) => ({ number: id })
    export const reopen = async (id: string) => void id`,
  "app/current-person.ts": `
    import { redirect } from "next/navigation"
    export const currentPerson = async (): Promise<{ id: string; name: string } | undefined> => undefined
    export const requirePerson = async () => (await currentPerson()) ?? redirect("/login")`,
  // What other people's packages look like to a middleware, in the words of their own types.
  "i18n/routing.ts": `export const routing = { locales: ["en", "de"], defaultLocale: "en" }`,
  "packages/next-intl.ts": `
    import type { NextRequest, NextResponse } from "next/server"
    export default function createMiddleware(_routing: object): (request: NextRequest) => NextResponse {
      throw new Error("not run")
    }`,
  "packages/next-auth.ts": `export class AuthError extends Error {}`,
  "auth.ts": `
    import type { NextFetchEvent, NextMiddleware, NextRequest } from "next/server"
    type Request = NextRequest & { auth: { user?: { name?: string } } | null }
    type Handler = (request: NextRequest, context: { params: Promise<unknown> }) => void | Response | Promise<void | Response>
    export declare const auth: ((handler: (request: Request, context: { params: Promise<unknown> }) => ReturnType<Handler>) => Handler) &
      ((middleware: (request: Request, event: NextFetchEvent) => ReturnType<NextMiddleware>) => NextMiddleware)
    export declare function signIn(provider: string, options: Record<string, unknown>): Promise<unknown>`,
  "packages/clerk.ts": `
    import type { NextFetchEvent, NextMiddleware, NextRequest } from "next/server"
    type Auth = () => Promise<{ userId: string | null }>
    export declare function clerkMiddleware(
      handler: (auth: Auth, request: NextRequest, event: NextFetchEvent) => ReturnType<NextMiddleware>,
    ): NextMiddleware`,
}

/** All apps in one project: a compiler for each would take minutes. Each app has a folder, so `@/` is made relative. */
const project = {
  extends: join(root, "tsconfig.json"),
  compilerOptions: {
    incremental: false,
    paths: {
      "next-session-kit": [`${root}lib/session/index.ts`],
      "next-session-kit/*": [`${root}lib/session/*`],
    },
  },
  include: ["**/*.ts", "**/*.tsx"],
  exclude: [],
}

/** Packages that are not installed here, and the stub that stands for each. */
const packages: Record<string, string> = {
  "next-intl/middleware": "packages/next-intl",
  "next-auth": "packages/next-auth",
  "@clerk/nextjs/server": "packages/clerk",
}

function withinItsApp(path: string, code: string): string {
  const up = path.includes("/") ? "../".repeat(path.split("/").length - 1) : "./"
  const own = (name: string) => packages[name] ?? (name.startsWith("@/") ? name.slice(2) : undefined)
  return code.replace(/\b(from |import\()"([^"]+)"/g, (found, before: string, name: string) => {
    const target = own(name)
    return target === undefined ? found : `${before}"${up}${target}"`
  })
}

const pageSnippets = (page: string) => snippetsOf(readFileSync(join(root, page), "utf8"))

/** Where several snippets name one file, the page shows several states of an app; each is compiled. */
function statesOf(snippets: ReturnType<typeof snippetsOf>): Map<string, string>[] {
  const codesOf = new Map<string, string[]>()
  for (const { path, code } of snippets) codesOf.set(path, [...(codesOf.get(path) ?? []), code])
  const count = Math.max(...[...codesOf.values()].map((codes) => codes.length))
  return Array.from(
    { length: count },
    (_, at) => new Map([...codesOf].map(([path, codes]) => [path, codes[at] ?? codes.at(-1) ?? ""])),
  )
}

it.each(pages)("every snippet of %s names its file", (page) => {
  const markdown = readFileSync(join(root, page), "utf8")
  expect(pageSnippets(page)).toHaveLength([...markdown.matchAll(/```tsx?\n/g)].length)
})

it("every snippet compiles", () => {
  const folder = join(root, "test-results", "snippets")
  rmSync(folder, { recursive: true, force: true })
  for (const page of pages) {
    for (const [at, files] of statesOf(pageSnippets(page)).entries()) {
      for (const [path, code] of [...Object.entries(stubs), ...files]) {
        const file = join(folder, page, `state-${at}`, path)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, withinItsApp(path, code))
      }
    }
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project))
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc")
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
    encoding: "utf8",
  })
  expect(stdout).toBe("")
}, 240_000)
