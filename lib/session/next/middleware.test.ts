import { NextRequest, type NextFetchEvent } from "next/server"
import { afterEach, describe, expect, it, vi } from "vitest"
import { cookieStore } from "../stores/cookie/cookie-store"
import { createClock } from "../testing/clock"
import { createPerson } from "../test-support/person"
import type { SetupOptions } from "./setup-options"
import { setup } from "./setup"

const token = `flash_${"A".repeat(16)}=${encodeURIComponent("/target /form ")}`
const event = {} as NextFetchEvent

/** A visitor who has a session, and the options it was made with. */
async function signedIn() {
  const clock = createClock()
  const options: SetupOptions = {
    store: cookieStore({ secret: "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa", now: clock.now }),
    now: clock.now,
    prerenderedPaths: ["/prerendered"],
  }
  const visitor = createPerson(options)
  await visitor.act((session) => session.put("userId", "ann"))
  return { clock, options, cookie: `session=${encodeURIComponent(visitor.jar.get("session") ?? "")}` }
}

interface Asked {
  what: string
  path?: string
  method?: string
  headers?: Record<string, string>
  basePath?: string
  cookies?: string
  daysLater?: number
  environment?: string
}

const document = { accept: "text/html", "sec-fetch-dest": "document", host: "app.example" }

const requests: Asked[] = [
  { what: "a document" },
  { what: "a document for a visitor without a session", cookies: "" },
  { what: "a document with a message waiting", cookies: token },
  { what: "a prerendered document with a message waiting", path: "/prerendered", cookies: token },
  { what: "a document when renewal is due", daysLater: 2 },
  { what: "an RSC request when half the idle lifetime is gone", daysLater: 8, headers: { accept: "*/*" } },
  { what: "a HEAD request", method: "HEAD" },
  { what: "an action", method: "POST", headers: { "next-action": "x" } },
  { what: "client code that takes a message", method: "POST", headers: { "x-session-take": "A".repeat(16) } },
  { what: "an app with a base path", path: "/base/target", basePath: "/base" },
  { what: "a document in development", environment: "development" },
]

describe("sessionMiddleware as the root middleware", () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  it.each(requests)("answers $what as around a middleware that does nothing", async (asked) => {
    vi.stubEnv("NODE_ENV", asked.environment ?? "production")
    vi.spyOn(console, "warn").mockImplementation(() => {})
    const { clock, options, cookie } = await signedIn()
    clock.advance((asked.daysLater ?? 0) * 24 * 60 * 60)
    const { sessionMiddleware } = setup(options)
    const request = () =>
      new NextRequest(`http://app.example${asked.path ?? "/target"}`, {
        method: asked.method ?? "GET",
        headers: { ...document, cookie: `${cookie}; ${asked.cookies ?? ""}`, ...asked.headers },
        ...(asked.basePath && { nextConfig: { basePath: asked.basePath } }),
      })
    const answers = await Promise.all([
      sessionMiddleware(request(), event),
      sessionMiddleware(() => null)(request(), event),
    ])
    // Every seal is another one; all else must be the same.
    const told = answers.map((answer) => ({
      status: answer.status,
      headers: [...answer.headers].map(([name, value]) => [name, value.replace(/Fe26\.2[^;]*/g, "seal")]),
    }))
    expect(told[0]).toEqual(told[1])
  })

  it("neither sets a cookie nor passes headers on for a page on which nothing waits", async () => {
    vi.stubEnv("NODE_ENV", "production")
    const { options, cookie } = await signedIn()
    const request = new NextRequest("http://app.example/target", { headers: { ...document, cookie } })
    const answer = await setup(options).sessionMiddleware(request, event)
    expect([...answer.headers]).toEqual([["x-middleware-next", "1"]])
  })
})
