import { describe, expect, it, vi } from "vitest"
import { setup } from "next-session-kit"
import { cookieStore } from "next-session-kit/stores/cookie"
import { memoryStore } from "next-session-kit/stores/memory"
import { createVisitor, seedSession, type ContextCookie } from "next-session-kit/testing"
import { SECRET, startsOf, storeKinds } from "../test-support/both-stores"
import { createPerson } from "../test-support/person"

interface Data {
  userId: string
}

interface Messages {
  success: string
}

/** A browser context, as far as cookies go. */
function createContext() {
  const cookies: ContextCookie[] = []
  const addCookies = async (added: ContextCookie[]) => void cookies.push(...added)
  return { cookies, addCookies }
}

describe.each(storeKinds)("seedSession, %s", (kind) => {
  const start = startsOf(kind)

  it("puts a session into the browser that the server finds, with the message that waits", async () => {
    const { options } = start()
    const context = createContext()
    const id = await seedSession(
      context,
      setup<Data, Messages>(options),
      { userId: "ada" },
      { flash: { success: "You are in" }, to: "/dashboard" },
    )
    const [session, token] = context.cookies
    expect(context.cookies).toHaveLength(2)
    expect(session).toMatchObject({
      name: "session",
      url: "http://localhost:3000",
      httpOnly: true,
      secure: false,
      sameSite: "Lax",
    })
    expect(token).toMatchObject({ httpOnly: false })
    expect((session?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(13 * 24 * 60 * 60)

    const jar = context.cookies.map(({ name, value }) => [name, decodeURIComponent(value)] as const)
    const person = createPerson(options, new Map(jar))
    expect((await person.open("/other")).hasFlash("success")).toBe(false)
    const page = await person.open("/dashboard")
    expect([page.id, page.get("userId"), page.getFlash("success")]).toEqual([id, "ada", "You are in"])
  })
})

it("names the cookie as the server does: by the scheme of the base URL, and by setup", async () => {
  const context = createContext()
  const kit = setup<Data>({ store: cookieStore({ secret: SECRET }), cookieName: "staff" })
  await seedSession(context, kit, { userId: "ada" }, { baseURL: "https://app.example/some/path" })
  expect(context.cookies).toMatchObject([
    { name: "__Host-staff", url: "https://app.example", secure: true, httpOnly: true },
  ])
})

it("without data or messages there is no session", async () => {
  const context = createContext()
  const kit = setup<Data>({ store: cookieStore({ secret: SECRET }) })
  expect(await seedSession(context, kit, {})).toBe("")
  expect(context.cookies).toEqual([])
})

describe("refuses by name", () => {
  const context = createContext()
  const kit = setup<Data>({ store: cookieStore({ secret: SECRET }) })
  const ada = { userId: "ada" }

  it.each([
    ["no kit", () => seedSession(context, {} as typeof kit, ada), "import * as kit"],
    ["no context", () => seedSession({} as typeof context, kit, ada), "Playwright's context"],
    [
      "no address",
      () => seedSession(context, kit, ada, { baseURL: "localhost:3000" }),
      "http://localhost:3000",
    ],
    [
      "the baseURL of a Playwright that has none",
      () => seedSession(context, kit, ada, { baseURL: undefined }),
      "playwright.config.ts",
    ],
    ["no data", () => seedSession(context, kit, null as never), "an object of its data"],
  ])("%s", async (_name, run, message) => {
    await expect(run()).rejects.toMatchObject({
      code: "SESSION_TEST_MISUSED",
      message: expect.stringContaining(message),
    })
  })

  it("an option it does not have", async () => {
    const misspelt = { baseUrl: "http://localhost:3000" } as object
    await expect(seedSession(context, kit, ada, misspelt)).rejects.toMatchObject({
      code: "SESSION_OPTIONS_INVALID",
      message: expect.stringContaining("baseUrl"),
    })
  })

  it("a process without the secret", async () => {
    vi.stubEnv("SESSION_SECRET", "")
    const created = createVisitor(setup<Data>(), { data: ada })
    await expect(seedSession(context, setup<Data>(), ada)).rejects.toMatchObject({
      code: "SESSION_SECRET_MISSING",
      message: expect.stringContaining("playwright.config.ts"),
    })
    // In a unit test, whose process is the server as well, any secret will do.
    expect((await created.open("/")).get("userId")).toBe("ada")
  })

  it("the memory store, which is in another process", async () => {
    await expect(seedSession(context, setup<Data>({ store: memoryStore() }), ada)).rejects.toMatchObject({
      code: "SESSION_STORE_NOT_SHARED",
    })
    expect(context.cookies).toEqual([])
  })
})
