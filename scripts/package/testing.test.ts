import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, it } from "vitest"
import { buildPackage } from "./build.mjs"

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url))

/** An application of somebody else's: no alias, no test file of ours, the package as npm installs it. */
const app: Record<string, string> = {
  "package.json": `{ "private": true }`,
  "app/session.ts": `
    import { setup } from "next-session-kit"
    export const { getSession, sessionAction, sessionRoute, validate } = setup<{ userId: string }>()`,
  "app/actions.ts": `
    "use server"
    import { cookies } from "next/headers"
    import { redirect } from "next/navigation"
    import { z } from "zod"
    import { sessionAction, validate } from "./session"
    const Login = z.object({ name: z.string().min(1, "Who are you?") })
    export const login = sessionAction(async (session, form: FormData) => {
      const { name } = await validate(session, Login, form)
      session.regenerate()
      session.put("userId", name)
      session.flash("success", "Welcome, " + name)
      ;(await cookies()).set("theme", "dark")
      redirect("/dashboard")
    })`,
  "app/api/route.ts": `
    import { NextResponse } from "next/server"
    import { sessionRoute } from "../session"
    export const GET = sessionRoute((session) => NextResponse.json(session.all()))`,
  // Next comes first here, so that it is loaded before the kit prepares anything.
  "app/actions.test.ts": `
    import { expect, it } from "vitest"
    import { login } from "./actions"
    import { GET } from "./api/route"
    import * as kit from "./session"
    import { createVisitor, expectFlash, formData, seedSession } from "next-session-kit/testing"

    it("signs in", async () => {
      const visitor = createVisitor(kit, { at: "/login" })
      const refused = await visitor.call(login, formData({ name: "" }))
      expect([refused.status, refused.errors]).toEqual([200, { name: ["Who are you?"] }])
      const signedIn = await visitor.call(login, formData({ name: "ada" }))
      expect(signedIn).toMatchObject({ redirectedTo: "/dashboard", redirectType: "push" })
      expect(signedIn.cookies.map(({ name }) => name)).toContain("theme")
      expect((await visitor.open("/dashboard")).getFlash("success")).toBe("Welcome, ada")
      expect(await (await visitor.request(GET, "/api")).response.json()).toEqual({ userId: "ada" })
    })

    it("has the browser's part", async () => {
      const cookies: { name: string }[] = []
      const context = { addCookies: async (added: { name: string }[]) => void cookies.push(...added) }
      await seedSession(context, kit, { userId: "ada" }, { baseURL: "https://app.example" })
      expect(cookies.map(({ name }) => name)).toEqual(["__Host-session"])
      const shown = [{ kind: "success", text: "Saved" }]
      await expectFlash({ locator: () => ({ evaluateAll: async () => shown }) }, "success", "Saved")
    })`,
}

let folder = ""

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "next-session-kit-app-"))
  for (const [path, code] of Object.entries(app)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), code)
  }
  mkdirSync(join(folder, "node_modules"))
  for (const name of readdirSync(modules)) {
    if (!name.startsWith(".")) symlinkSync(join(modules, name), join(folder, "node_modules", name))
  }
  const built = buildPackage(join(folder, "package"))
  cpSync(built, join(folder, "node_modules/next-session-kit"), { recursive: true })
  rmSync(built, { recursive: true })
}, 240_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it("the package's testing entry works in an app that installed it", () => {
  const report = join(folder, "report.json")
  const args = [join(modules, "vitest/vitest.mjs"), "run", "--reporter=json", "--outputFile", report]
  const { SESSION_SECRET: _, ...environment } = process.env
  const env = { ...environment, NODE_ENV: "test" as const }
  const output = run(() => execFileSync(process.execPath, args, { cwd: folder, env, stdio: "pipe" }))
  expect(output).toBe("")
}, 240_000)

it("and it loads in Node alone, without a test runner or a browser's driver", () => {
  const entry = join(folder, "node_modules/next-session-kit/dist/testing.js")
  for (const name of ["vitest", "@playwright", "fast-check"]) rmSync(join(folder, "node_modules", name))
  const load = `import(${JSON.stringify(entry)}).then((all) => console.log(Object.keys(all).toSorted().join()))`
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", load], { cwd: folder })
  expect(output.toString().trim()).toBe(
    "createClock,createVisitor,expectFlash,expectNoFlash,formData,seedSession",
  )
}, 60_000)

/** What a command that failed printed. */
function run(command: () => unknown): string {
  try {
    command()
    return ""
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer }
    return `${stdout}${stderr}` || String(error)
  }
}
