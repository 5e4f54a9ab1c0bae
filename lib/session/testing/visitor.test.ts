import { cookies } from "next/headers"
import { notFound, redirect } from "next/navigation"
import { after } from "next/server"
import { revalidatePath } from "next/cache"
import { describe, expect, it, vi } from "vitest"
import { z } from "zod"
import { setup, type SessionEvent } from "next-session-kit"
import { createVisitor, formData } from "next-session-kit/testing"
import { memoryStore } from "next-session-kit/stores/memory"
import { startsOf, storeKinds } from "../test-support/both-stores"
import type { SetupOptions } from "../next/setup-options"

interface Data {
  userId: string
  visits: number
}

interface Messages {
  success: string
  error: string
}

const Profile = z.object({ name: z.string().min(1, "Tell us your name"), email: z.email("No e-mail") })

/** An application: its `app/session.ts` and its actions. */
function appWith(options: SetupOptions) {
  const kit = setup<Data, Messages>(options)
  const { sessionAction, stateAction, sessionRoute, withSession, validate, back } = kit

  const signIn = sessionAction((session, form: FormData) => {
    session.regenerate()
    session.put("userId", String(form.get("name")))
    session.flash("success", "Welcome back")
    redirect("/dashboard")
  })
  const signOut = sessionAction((session) => {
    session.invalidate()
    session.flash("success", "You are signed out")
    redirect("/")
  })
  const visit = sessionAction((session) => session.increment("visits"))
  const saveProfile = sessionAction(async (session, form: FormData) => {
    const { name } = await validate(session, Profile, form)
    session.flash("success", `Saved ${name}`)
    return name
  })
  const announce = sessionAction((session) => session.flash("success", "For the admins", { to: "/admin" }))
  const addTo = stateAction(async (session, total: number, form: FormData) => {
    const { amount } = await validate(session, z.object({ amount: z.coerce.number() }), form)
    return total + amount
  })
  const giveUp = sessionAction((session) => back(session, { errors: { "": "Not today" } }))
  const requireUser = () => withSession((session) => session.get("userId") ?? redirect("/sign-in"))
  const remove = sessionAction((_session, id: string, _form: FormData) => {
    if (id !== "7") notFound()
    return id
  })
  const POST = sessionRoute(async (session, request) => {
    const { name } = await validate(session, Profile, await request.formData())
    session.put("userId", name)
    session.flash("success", "Saved by route")
    redirect("/profile")
  })
  return { kit, signIn, signOut, visit, saveProfile, announce, addTo, giveUp, requireUser, remove, POST }
}

const right = { name: "Ada", email: "ada@example.com" }

function storesOf(kind: "memory store" | (typeof storeKinds)[number]): () => SetupOptions {
  if (kind === "memory store") return () => ({ store: memoryStore({ entries: new Map() }) })
  const start = startsOf(kind)
  return () => start().options
}

describe.each([...storeKinds, "memory store"] as const)("a visitor of an app with the %s", (kind) => {
  const options = storesOf(kind)
  const app = () => appWith(options())

  it("signs in, is led on, sees the message once, and is known to the next action", async () => {
    const { kit, signIn, visit } = app()
    const visitor = createVisitor(kit, { data: { visits: 41 } })
    const { session: before } = await visitor.call(visit)
    const signedIn = await visitor.call(signIn, formData({ name: "ada" }))
    expect(signedIn).toMatchObject({
      status: 303,
      redirectedTo: "/dashboard",
      redirectType: "push",
      returned: undefined,
      flashed: [{ key: "success", value: "Welcome back", to: "/dashboard" }],
      session: { data: { userId: "ada", visits: 42 } },
    })
    expect(signedIn.session.id).not.toBe(before.id)
    const page = await visitor.open("/dashboard")
    expect([page.getFlash("success"), page.get("userId"), page.id]).toEqual([
      "Welcome back",
      "ada",
      signedIn.session.id,
    ])
    expect((await visitor.open("/dashboard")).hasFlash("success")).toBe(false)
    expect(await visitor.call(visit)).toMatchObject({ returned: 43, status: 200, flashed: [] })
  })

  it("is sent back to the form it is on: every message and what was typed, in place and nowhere else", async () => {
    const { kit, saveProfile } = app()
    const visitor = createVisitor(kit, { at: "/profile?tab=2" })
    const refused = await visitor.call(saveProfile, formData({ name: "", email: "ada", password: "secret" }))
    expect(refused).toMatchObject({
      returned: undefined,
      redirectedTo: undefined,
      errors: { name: ["Tell us your name"], email: ["No e-mail"] },
      old: { name: "", email: "ada" },
      session: { id: "", data: {} },
    })
    expect(refused.old).not.toHaveProperty("password")
    expect((await visitor.open("/profile?tab=2")).hasError("name")).toBe(false)
    const saved = await visitor.call(saveProfile, formData(right))
    expect(saved).toMatchObject({
      returned: "Ada",
      flashed: [{ key: "success", value: "Saved Ada", to: "/profile" }],
      errors: {},
    })
  })

  it("without JavaScript, is sent back by a redirect, and the page has it", async () => {
    const { kit, saveProfile } = app()
    const visitor = createVisitor(kit, { at: "/profile?tab=2", javaScript: false })
    const refused = await visitor.call(saveProfile, formData({ name: "", email: "ada" }))
    expect(refused).toMatchObject({
      status: 303,
      redirectedTo: "/profile?tab=2",
      errors: { name: ["Tell us your name"] },
      old: { email: "ada" },
    })
    const page = await visitor.open("/profile?tab=2")
    expect([page.error("name"), page.old("email")]).toEqual(["Tell us your name", "ada"])
  })

  it("finds a message where it is addressed to", async () => {
    const { kit, announce } = app()
    const visitor = createVisitor(kit)
    expect((await visitor.call(announce)).flashed).toEqual([
      { key: "success", value: "For the admins", to: "/admin" },
    ])
    expect((await visitor.open("/other")).hasFlash("success")).toBe(false)
    expect((await visitor.open("/admin")).getFlash("success")).toBe("For the admins")
  })

  it("begins with what a test gives it", async () => {
    const { kit, requireUser } = app()
    const visitor = createVisitor(kit, { data: { userId: "ada" }, flash: { error: "Try again" } })
    expect(await visitor.call(requireUser)).toMatchObject({ returned: "ada" })
    expect((await visitor.open("/anywhere")).getFlash("error")).toBe("Try again")
    expect(await createVisitor(kit).call(requireUser)).toMatchObject({ redirectedTo: "/sign-in" })
  })

  it("signs out: the id is over, the cookie is of another session, the message arrives", async () => {
    const { kit, signOut } = app()
    const visitor = createVisitor(kit, { data: { userId: "ada" } })
    const { id } = await visitor.open("/")
    const left = await visitor.call(signOut)
    expect(left).toMatchObject({ redirectedTo: "/", session: { data: {} } })
    expect(left.session.id).not.toBe(id)
    const page = await visitor.open("/")
    expect([page.getFlash("success"), page.get("userId")]).toEqual(["You are signed out", undefined])
  })

  it("posts a form to a route handler: 303, message, cookies", async () => {
    const { kit, POST } = app()
    const visitor = createVisitor(kit, { at: "/profile", baseURL: "https://app.example" })
    const post = (body: FormData, headers: Record<string, string> = {}) =>
      visitor.request(POST, new Request("https://app.example/api", { method: "POST", body, headers }))
    const saved = await post(formData(right))
    expect(saved).toMatchObject({
      status: 303,
      redirectedTo: "/profile",
      flashed: [{ value: "Saved by route", to: "/profile" }],
      session: { data: { userId: "Ada" } },
    })
    expect(saved.cookies.find(({ name }) => name === "__Host-session")).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: "lax",
      path: "/",
    })
    expect((await visitor.open("/profile")).getFlash("success")).toBe("Saved by route")

    expect(await post(formData({ name: "" }))).toMatchObject({
      redirectedTo: "/profile",
      errors: { name: ["Tell us your name"] },
    })
    const byCode = await post(formData({ name: "" }), {
      "sec-fetch-mode": "cors",
      "sec-fetch-site": "same-origin",
    })
    expect(byCode.status).toBe(422)
    expect(await byCode.response.json()).toMatchObject({ errors: [{ field: "name" }, { field: "email" }] })
    const foreign = await post(formData(right), {
      origin: "https://evil.example",
      "sec-fetch-site": "cross-site",
    })
    expect([foreign.status, foreign.cookies]).toEqual([403, []])
    expect((await post(formData(right), { origin: "https://evil.example" })).status).toBe(403)
  })
})

describe("a visitor", () => {
  const app = (options: SetupOptions = {}) =>
    appWith({ store: memoryStore({ entries: new Map() }), ...options })

  it("keeps the state of a stateAction, or gets the next one", async () => {
    const { kit, addTo } = app()
    const visitor = createVisitor(kit)
    expect((await visitor.call(addTo, 1, formData({ amount: "2" }))).returned).toBe(3)
    const refused = await visitor.call(addTo, 3, formData({ amount: "much" }))
    expect(refused.returned).toBe(3)
    expect(Object.keys(refused.errors)).toEqual(["amount"])
  })

  it("is told of the form as a whole, and of which form", async () => {
    const { kit, giveUp } = app()
    expect(await createVisitor(kit).call(giveUp)).toMatchObject({ errors: { "": ["Not today"] }, bag: "" })
    const { sessionAction, validate } = kit
    const second = sessionAction((session, form: FormData) =>
      validate(session, Profile, form, { bag: "second" }),
    )
    expect(await createVisitor(kit).call(second, formData({ "name[]": ["a", "b"] }))).toMatchObject({
      bag: "second",
      old: { "name[]": ["a", "b"] },
    })
  })

  it("passes what an action binds before the form, and sees notFound()", async () => {
    const { kit, remove } = app()
    const visitor = createVisitor(kit)
    expect((await visitor.call(remove, "7", formData({}))).returned).toBe("7")
    expect(await visitor.call(remove, "8", formData({}))).toMatchObject({
      status: 404,
      returned: undefined,
      redirectedTo: undefined,
    })
  })

  it("runs an action of a plain function, with cookies of its own, revalidation and after()", async () => {
    const { kit } = app()
    const later = vi.fn<() => Promise<void>>(async () => {
      const jar = await cookies()
      expect(() => jar.set("late", "1")).toThrow("Cookies can only be modified")
    })
    async function plain(form: FormData) {
      const jar = await cookies()
      jar.set("theme", String(form.get("theme")), { maxAge: 60 })
      revalidatePath("/")
      after(later)
      return jar.get("theme")?.value
    }
    const visitor = createVisitor(kit)
    const answer = await visitor.call(plain, formData({ theme: "däark" }))
    expect(answer).toMatchObject({
      returned: "däark",
      cookies: [{ name: "theme", value: "däark", maxAge: 60 }],
    })
    expect(later).toHaveBeenCalledOnce()
    const reads = async () => (await cookies()).get("theme")?.value
    expect((await visitor.call(reads)).returned).toBe("däark")
  })

  it("keeps what was committed when an action fails, and is told of the error", async () => {
    const { kit } = app()
    const fails = kit.sessionAction((session) => {
      session.put("userId", "ada")
      throw new Error("No database")
    })
    const visitor = createVisitor(kit)
    await expect(visitor.call(fails)).rejects.toThrow("No database")
    expect((await visitor.open("/")).get("userId")).toBe("ada")
  })

  it("goes through the app's own middleware", async () => {
    const { kit, visit } = app()
    const middleware = kit.sessionMiddleware((request) =>
      kit.withSession(request, (session) => {
        if (session.has("userId") || request.nextUrl.pathname === "/sign-in") return undefined
        session.flash("error", "Please sign in first")
        return Response.redirect(new URL("/sign-in", request.url))
      }),
    )
    const visitor = createVisitor(kit, { middleware })
    const page = await visitor.open("/dashboard")
    expect([visitor.at, page.getFlash("error")]).toEqual(["/sign-in", "Please sign in first"])

    const posting = createVisitor(kit, { middleware, at: "/dashboard" })
    expect(await posting.call(visit)).toMatchObject({
      redirectedTo: "http://localhost:3000/sign-in",
      flashed: [{ value: "Please sign in first", to: "/sign-in" }],
      session: { data: {} },
    })
    const signedIn = createVisitor(kit, { middleware, data: { userId: "ada" }, at: "/dashboard" })
    expect((await signedIn.call(visit)).returned).toBe(1)
  })

  it("asks a route handler for a page, and gives it Next's second argument", async () => {
    const { kit } = app()
    const GET = kit.sessionRoute<{ params: Promise<{ id: string }> }>(
      async (session, request, { params }) => {
        session.flash("success", `Opened ${(await params).id}`)
        return Response.json({ path: request.nextUrl.pathname, query: request.nextUrl.search })
      },
    )
    const visitor = createVisitor(kit)
    const opened = await visitor.request(GET, "/notes/7?full=1", { params: Promise.resolve({ id: "7" }) })
    expect(await opened.response.json()).toEqual({ path: "/notes/7", query: "?full=1" })
    expect(opened.flashed).toEqual([{ key: "success", value: "Opened 7", to: "*" }])
    expect((await visitor.open("/")).getFlash("success")).toBe("Opened 7")
  })

  it("answers what a handler throws as Next does: cookies with a redirect, none with an error page", async () => {
    const { kit } = app()
    const leads = async () => {
      ;(await cookies()).set("seen", "1")
      redirect("/there")
    }
    const misses = async () => {
      ;(await cookies()).set("seen", "2")
      notFound()
    }
    const visitor = createVisitor(kit)
    expect(await visitor.request(leads, "/a")).toMatchObject({ status: 307, redirectedTo: "/there" })
    expect(await visitor.request(misses, "/b")).toMatchObject({ status: 404, cookies: [] })
    const seen = async () => (await cookies()).get("seen")?.value
    expect((await visitor.call(seen)).returned).toBe("1")
  })

  it("tells the app's hook of what its own requests did, once, and of nothing besides", async () => {
    const events: SessionEvent[] = []
    const entries = new Map()
    const { kit, visit } = app({
      store: memoryStore({ entries }),
      onEvent: (event) => void events.push(event),
    })
    const visitor = createVisitor(kit, { data: { userId: "ada" } })
    await visitor.call(visit)
    await visitor.open("/")
    expect(events).toEqual([])
    entries.clear()
    const reads = () => kit.withSession((session) => session.get("userId"))
    expect((await visitor.call(reads)).returned).toBeUndefined()
    expect(events).toEqual([{ type: "session-unreadable", reason: "unknown" }])
  })

  it("needs no secret where a test runner says that it is one, and makes none elsewhere", async () => {
    vi.stubEnv("SESSION_SECRET", "")
    expect((await createVisitor(setup(), { data: { a: 1 } }).open("/")).get("a")).toBe(1)
    vi.stubEnv("SESSION_SECRET", "")
    vi.stubEnv("NODE_ENV", "production")
    await expect(createVisitor(setup(), { data: { a: 1 } }).open("/")).rejects.toMatchObject({
      code: "SESSION_SECRET_MISSING",
    })
  })
})

it("is typed by the app's data and messages, by the action's arguments and what it returns", async () => {
  const { kit, visit, remove, addTo } = appWith({ store: memoryStore({ entries: new Map() }) })
  const visitor = createVisitor(kit, { data: { userId: "ada" }, flash: { error: "x" } })
  // @ts-expect-error -- the session holds no such key
  createVisitor(kit, { data: { user: "ada" } })
  // @ts-expect-error -- there is no such message
  createVisitor(kit, { flash: { warning: "x" } })
  // @ts-expect-error -- the action takes an id first
  const misses = visitor.call(remove, formData({}))
  const visits: number | undefined = (await visitor.call(visit)).returned
  const { returned, session, flashed } = await visitor.call(addTo, 1, formData({ amount: "1" }))
  const total: number | undefined = returned
  const userId: string | undefined = session.data.userId
  const keys: ("success" | "error")[] = flashed.map(({ key }) => key)
  expect([visits, total, userId, keys, (await misses).status]).toEqual([1, 2, "ada", [], 404])
})

describe("wrong use is refused by name", () => {
  const { kit, visit, POST } = appWith({ store: memoryStore({ entries: new Map() }) })
  const another = { other: setup({ cookieName: "other" }).getSession }
  const named = (message: string) =>
    expect.objectContaining({ code: "SESSION_TEST_MISUSED", message: expect.stringContaining(message) })

  it.each([
    ["nothing", () => createVisitor(undefined as never), "import * as kit"],
    [
      "what setup did not make",
      () => createVisitor({ getSession: async () => kit.getSession() }),
      "import * as kit",
    ],
    ["two applications", () => createVisitor({ ...kit, ...another }), "more than one setup()"],
    ["a foreign page", () => createVisitor(kit, { at: "//evil.example" }), "a path of the application"],
    ["no address", () => createVisitor(kit, { baseURL: "localhost" }), "with its scheme"],
  ])("createVisitor: %s", (_name, run, message) => {
    expect(run).toThrow(named(message))
  })

  const visitor = createVisitor(kit)
  const post = (url: string) => new Request(url, { method: "POST", body: formData({}) })
  it.each([
    [
      "an action that was called already",
      () => visitor.call(visit() as never),
      "without calling it yourself",
    ],
    ["bound arguments", () => visitor.call(visit.bind(null)), "before the form"],
    [
      "a route handler called",
      () => visitor.call(POST as never, post("http://localhost:3000/") as never),
      "visitor.request",
    ],
    ["a handler's answer", () => visitor.call(async () => Response.json({})), "visitor.request"],
    ["an action asked", () => visitor.request(visit as never, "/"), "visitor.call"],
    ["another host", () => visitor.request(POST, post("http://127.0.0.1:3000/")), "another host"],
    ["a page elsewhere", () => visitor.open("https://evil.example/"), "pages of the application"],
  ])("%s", async (_name, run, message) => {
    await expect(run()).rejects.toThrow(named(message))
  })
})

it("refuses an option that does not exist, and a field that no browser sends", () => {
  const { kit } = appWith({ store: memoryStore({ entries: new Map() }) })
  expect(() => createVisitor(kit, { flsh: {} } as object)).toThrow(
    expect.objectContaining({ code: "SESSION_OPTIONS_INVALID", message: expect.stringContaining("flsh") }),
  )
  for (const value of [undefined, null, 1, {}, [1]]) {
    expect(() => formData({ a: value as never })).toThrow(
      expect.objectContaining({ code: "SESSION_TEST_MISUSED", message: expect.stringContaining('"a"') }),
    )
  }
})
