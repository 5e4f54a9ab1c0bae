import { NextRequest, NextResponse } from "next/server"
import { describe, expect, it, vi } from "vitest"
import { setup } from "./next/setup"
import { setupProxy } from "./proxy"
import { memoryStore } from "./stores/memory/memory-store"
import { createVisitor } from "./testing/visitor"

/** An app whose middleware has a `setupProxy` of its own, with the options of its `setup`. */
function app() {
  const options = { store: memoryStore() }
  const kit = setup<{ userId: string }, { warning: string }>(options)
  const { sessionMiddleware, withSession } = setupProxy<{ userId: string }, { warning: string }>(options)
  const guard = sessionMiddleware((request) => {
    if (!request.nextUrl.pathname.startsWith("/dashboard")) return
    return withSession(request, (session) => {
      if (session.has("userId")) return undefined
      session.flash("warning", "Please sign in first")
      return NextResponse.redirect(new URL("/sign-in", request.url))
    })
  })
  return { kit, guard, sessionMiddleware, withSession }
}

describe("setupProxy", () => {
  it("guards, and its message is shown once by the page that the app's own setup reads", async () => {
    const { kit, guard } = app()
    const visitor = createVisitor(kit, { middleware: guard })
    expect((await visitor.open("/dashboard")).getFlash("warning")).toBe("Please sign in first")
    expect(visitor.at).toBe("/sign-in")
    expect((await visitor.open("/sign-in")).hasFlash("warning")).toBe(false)
  })

  it("lets through who has signed in", async () => {
    const { kit, guard } = app()
    const visitor = createVisitor(kit, { middleware: guard, data: { userId: "ada" } })
    expect((await visitor.open("/dashboard")).get("userId")).toBe("ada")
    expect(visitor.at).toBe("/dashboard")
  })

  it("delivers what the app's actions flash when it stands alone", async () => {
    const { kit, sessionMiddleware } = app()
    const visitor = createVisitor(kit, { middleware: sessionMiddleware, flash: { warning: "Low on tea" } })
    expect((await visitor.open("/")).getFlash("warning")).toBe("Low on tea")
  })

  it("refuses by name a request that went past it, and options that disagree", async () => {
    const { withSession } = app()
    const request = new NextRequest("https://app.example/dashboard")
    await expect(withSession(request, () => 1)).rejects.toMatchObject({
      code: "SESSION_MIDDLEWARE_NOT_COMPOSED",
    })
    vi.stubEnv("NODE_ENV", "production")
    setup({ cookieName: "twin" })
    expect(() => setupProxy({ cookieName: "twin", flashSeconds: 7 })).toThrow("SESSION_OPTIONS_INVALID")
  })
})
