import { NextRequest, NextResponse, type NextFetchEvent } from "next/server"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { token, useBridge } from "../test-support/redis/use-bridge"
import { createStore, type SessionStore, type StoredSession } from "../core/store"
import { cookieStore } from "../stores/cookie/cookie-store"
import { memoryStore } from "../stores/memory/memory-store"
import { redisStore } from "../stores/redis/redis-store"
import { setup } from "./setup"

/** A store of five callbacks, as an app has one for its database. */
function plainStore(): SessionStore {
  const entries = new Map<string, StoredSession>()
  return createStore({
    load: async (id, report) => entries.get(id) ?? void report("unknown"),
    save: async (id, data, flash, { createdAt }) => void entries.set(id, { id, data, flash, createdAt }),
    destroy: async (id) => void entries.delete(id),
    gc() {},
    cookieValue: (id) => id,
  })
}

/** A request that has loaded its session, and goes on when it is told to. */
interface Running {
  commit(): Promise<void>
  /** Its answer reaches the browser. */
  answer(): void
}

/** An app whose middleware signs in, gives the session a new id and signs out, and a browser that asks it. */
function start(store: SessionStore) {
  const { sessionMiddleware, withSession } = setup<{ userId: string }>({ store })
  let cookie: string | undefined
  const seen = new Set<string>()

  async function begin(path: string, sent = cookie, method = "POST"): Promise<Running> {
    let goOn = () => {}
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve))
    let hasLoaded = () => {}
    const loaded = new Promise<void>((resolve) => (hasLoaded = resolve))
    const middleware = sessionMiddleware((request) =>
      withSession(request, async (session) => {
        hasLoaded()
        await mayGoOn
        if (path === "/sign-in") session.put("userId", "ada")
        if (path === "/rotate") session.regenerate()
        if (path.startsWith("/sign-out")) session.invalidate()
        if (path === "/sign-out?farewell") session.flash("bye", "You are signed out")
        return NextResponse.json({ userId: session.get("userId") ?? null })
      }),
    )
    const headers = new Headers({ "sec-fetch-site": "same-origin", "sec-fetch-dest": "empty" })
    if (sent !== undefined) headers.set("cookie", `session=${sent}`)
    const request = new NextRequest(`http://app.example${path}`, { method, headers })
    const answered = middleware(request, {} as NextFetchEvent)
    await loaded
    let set: string | undefined
    return {
      async commit() {
        goOn()
        const cookies = (await answered).headers.getSetCookie()
        set = cookies.flatMap((each) => /^session=([^;]*)/.exec(each)?.[1] ?? [])[0]
        if (set !== undefined && set !== "") seen.add(set)
      },
      answer() {
        if (set !== undefined) cookie = set || undefined
      },
    }
  }

  async function ask(path: string, sent = cookie, method = "POST"): Promise<void> {
    const request = await begin(path, sent, method)
    await request.commit()
    request.answer()
  }

  /** What the app says to whoever comes with this cookie. */
  async function personWith(sent: string | undefined): Promise<unknown> {
    const request = new NextRequest("http://app.example/", { headers: { cookie: `session=${sent}` } })
    const middleware = sessionMiddleware((opened) =>
      withSession(opened, (session) => NextResponse.json(session.get("userId") ?? null)),
    )
    return (await middleware(request, {} as NextFetchEvent)).json()
  }

  return {
    begin,
    ask,
    cookie: () => cookie,
    /** Who is signed in, by any cookie that the browser was ever sent. */
    async survivors() {
      const people = await Promise.all([...seen, cookie].map((value) => personWith(value)))
      return people.filter((person) => person !== null)
    },
    personWith,
  }
}

/** Every order of two rows of steps in which each keeps its own. */
function interleavings<Step>(a: readonly Step[], b: readonly Step[]): Step[][] {
  const [firstA, ...restA] = a
  const [firstB, ...restB] = b
  if (firstA === undefined) return [[...b]]
  if (firstB === undefined) return [[...a]]
  return [
    ...interleavings(restA, b).map((rest) => [firstA, ...rest]),
    ...interleavings(a, restB).map((rest) => [firstB, ...rest]),
  ]
}

type Moment =
  | "rotation loads"
  | "rotation commits"
  | "rotation answers"
  | "sign-out loads"
  | "sign-out commits"
const rotation: Moment[] = ["rotation loads", "rotation commits", "rotation answers"]
const signOut: Moment[] = ["sign-out loads", "sign-out commits"]

const running = useBridge()
// Middleware prints that a session was gone: here most are.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}))
afterEach(() => void vi.restoreAllMocks())

const stores: [string, () => SessionStore][] = [
  ["memoryStore", () => memoryStore({ entries: new Map() })],
  ["redisStore", () => redisStore({ url: running.bridge.url, token, timeoutMilliseconds: 30_000 })],
  ["a store of five callbacks", plainStore],
]

describe.each(stores)("a sign-out while other requests give the session new ids, on %s", (_, create) => {
  it.each([
    ["/sign-out", 1],
    ["/sign-out?farewell", 1],
    ["/sign-out", 3],
    ["/sign-out?farewell", 3],
  ])("leaves nobody signed in, whenever it comes: %s, %d new ids", async (path, rotations) => {
    const all = Array.from({ length: rotations }, () => rotation).flat()
    for (const steps of interleavings(all, signOut)) {
      const app = start(create())
      await app.ask("/sign-in")
      // What the browser sends, it sends before anything of this happens.
      const sent = app.cookie()
      let rotating: Running | undefined
      let signingOut: Running | undefined
      for (const step of steps) {
        if (step === "rotation loads") rotating = await app.begin("/rotate")
        if (step === "rotation commits") await rotating?.commit()
        if (step === "rotation answers") rotating?.answer()
        if (step === "sign-out loads") signingOut = await app.begin(path, sent)
        if (step === "sign-out commits") await signingOut?.commit()
      }
      expect([steps, await app.survivors()]).toEqual([steps, []])
      signingOut?.answer()
      expect(await app.personWith(app.cookie())).toBeNull()
    }
  })

  it("goes by the cookie the browser has by then, too", async () => {
    const app = start(create())
    await app.ask("/sign-in")
    for (let round = 0; round < 3; round += 1) await app.ask("/rotate")
    await app.ask("/sign-out")
    expect([app.cookie(), await app.survivors()]).toEqual([undefined, []])
  })

  it("removes the cookie of a session that is over, and shows the farewell", async () => {
    const app = start(create())
    await app.ask("/sign-in")
    const sent = app.cookie()
    await app.ask("/sign-out")
    await app.ask("/sign-in")
    await app.ask("/sign-out", sent)
    expect(app.cookie()).toBeUndefined()
    await app.ask("/sign-out?farewell", sent)
    expect(app.cookie()).not.toBe(sent)
    expect(await app.personWith(app.cookie())).toBeNull()
  })

  it("is carried out when client code asks for it by GET", async () => {
    const app = start(create())
    await app.ask("/sign-in")
    const sent = app.cookie()
    await app.ask("/rotate")
    await app.ask("/sign-out", sent, "GET")
    expect([app.cookie(), await app.survivors()]).toEqual([undefined, []])
  })

  it("begins nothing for a visitor who has no cookie", async () => {
    const app = start(create())
    await app.ask("/sign-out")
    expect(app.cookie()).toBeUndefined()
  })
})

describe("a sign-out with a cookie that holds no id", () => {
  it.each(["1.x", "1.Fe26.2*1*x~2", "nothing of ours", "1."])("removes it: %s", async (sent) => {
    const app = start(cookieStore({ secret: "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa" }))
    await app.ask("/sign-in")
    await app.ask("/sign-out", sent)
    expect(app.cookie()).toBeUndefined()
  })
})
