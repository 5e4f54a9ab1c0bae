import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const pages = ["README.md", "docs/delivery.md", "docs/forms.md", "docs/stores.md", "docs/testing.md"]

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
    import { sessionAction } from "@/app/session"
    export const login = sessionAction((session, form: FormData) => session.put("userId", String(form.get("email"))))`,
  "app/api/notes/route.ts": `
    import { sessionRoute } from "@/app/session"
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
  "tsconfig.json": JSON.stringify({
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      incremental: false,
      paths: {
        "@/app/*": ["./app/*"],
        "next-session-kit": [`${root}lib/session/index.ts`],
        "next-session-kit/*": [`${root}lib/session/*`],
      },
    },
    include: ["**/*.ts", "**/*.tsx"],
    exclude: [],
  }),
}

/** The code blocks of a page that name their file in their first line. */
function snippetsOf(page: string): { path: string; code: string }[] {
  const markdown = readFileSync(join(root, page), "utf8")
  return [...markdown.matchAll(/```tsx?\n\/\/ (\S+)[^\n]*\n([\s\S]*?)```/g)].map(
    ([, path = "", code = ""]) => ({
      path,
      code,
    }),
  )
}

it.each(pages)(
  "every snippet of %s compiles",
  (page) => {
    const markdown = readFileSync(join(root, page), "utf8")
    const snippets = snippetsOf(page)
    expect(snippets).toHaveLength([...markdown.matchAll(/```tsx?\n/g)].length)

    const folder = join(root, "test-results", "snippets", page)
    rmSync(folder, { recursive: true, force: true })
    // Where two snippets name one file, the page shows two states of an app.
    const last = new Map(snippets.map(({ path, code }) => [path, code]))
    const first = new Map(snippets.toReversed().map(({ path, code }) => [path, code]))
    for (const [name, files] of Object.entries({ first, last })) {
      for (const [path, code] of [...Object.entries(stubs), ...files]) {
        const file = join(folder, name, path)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, code)
      }
      const tsc = join(root, "node_modules", "typescript", "bin", "tsc")
      expect(() =>
        execFileSync(process.execPath, [tsc, "-p", join(folder, name)], { stdio: "pipe" }),
      ).not.toThrow()
    }
  },
  120_000,
)
