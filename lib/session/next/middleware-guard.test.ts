import { NextRequest, NextResponse, type NextFetchEvent } from "next/server"
import { describe, expect, it } from "vitest"
import { memoryStore, type MemoryEntry } from "../stores/memory/memory-store"
import { setup } from "./setup"

const html = "text/html,application/xhtml+xml"
const language = { "accept-language": "en" }
const navigation = { accept: html, "upgrade-insecure-requests": "1", ...language }
const said = (mode: string, dest: string, more: Record<string, string> = {}) => ({
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": mode,
  "sec-fetch-dest": dest,
  ...more,
})

/** A guard as the README has it, for a path nobody may open. */
function guarded() {
  const entries = new Map<string, MemoryEntry>()
  const { sessionMiddleware, withSession } = setup({ store: memoryStore({ entries }) })
  const middleware = sessionMiddleware((request) =>
    withSession(request, (session) => {
      if (session.has("userId")) return undefined
      session.flash("warning", "Please sign in first")
      return NextResponse.redirect(new URL("/sign-in", request.url))
    }),
  )
  const ask = async (method: string, headers: Record<string, string>) => {
    const request = new NextRequest("https://app.example/dashboard", { method, headers })
    const answer = await middleware(request, {} as NextFetchEvent)
    const { status } = answer
    return { status, cookies: answer.headers.getSetCookie().length, kept: entries.size }
  }
  return { ask }
}

describe("a guard that leaves a message and redirects", () => {
  it.each<[string, string, Record<string, string>]>([
    ["a person", "GET", { ...navigation, ...said("navigate", "document") }],
    ["one over plain http", "GET", navigation],
    ["one behind a service worker", "GET", { ...navigation, ...said("navigate", "empty") }],
    [
      "one behind a service worker of its own requests",
      "GET",
      { ...navigation, ...said("same-origin", "empty") },
    ],
    [
      "one behind a service worker that asks by address alone",
      "GET",
      { accept: "*/*", ...language, ...said("cors", "empty"), referer: "https://app.example/sw.js?v=2" },
    ],
    [
      "a link in a frame",
      "GET",
      { ...navigation, ...said("navigate", "iframe", { "sec-fetch-user": "?1" }) },
    ],
  ])("does so for %s", async (_, method, headers) => {
    expect(await guarded().ask(method, headers)).toEqual({ status: 307, cookies: 2, kept: 1 })
  })

  it.each<[string, string, Record<string, string>]>([
    ["HEAD", "HEAD", { ...navigation, ...said("navigate", "document") }],
    ["OPTIONS", "OPTIONS", { accept: "*/*", ...said("cors", "empty") }],
    ["curl", "GET", { accept: "*/*", "user-agent": "curl/8.14.1" }],
    ["a monitor", "GET", { accept: html, "user-agent": "Monitor/2" }],
    [
      "a crawler that says so",
      "GET",
      { ...navigation, "user-agent": "Mozilla/5.0 (compatible; bingbot/2.0)" },
    ],
    ["a frame that loads by itself", "GET", { ...navigation, ...said("navigate", "iframe") }],
    ["an image", "GET", { accept: "image/avif", ...language, ...said("no-cors", "image") }],
  ])("redirects %s, and leaves nothing behind", async (_, method, headers) => {
    expect(await guarded().ask(method, headers)).toEqual({ status: 307, cookies: 0, kept: 0 })
  })

  it.each<[string, Record<string, string>]>([
    ["the router", { accept: "*/*", ...language, ...said("cors", "empty") }],
    [
      "an action's request for its target",
      { accept: "text/x-component", ...language, ...said("cors", "empty") },
    ],
  ])("has %s come back as a document", async (_, headers) => {
    expect(await guarded().ask("GET", headers)).toEqual({ status: 202, cookies: 0, kept: 0 })
  })

  it("has a browser not use what it fetched ahead", async () => {
    const ahead = { ...navigation, ...said("navigate", "document"), "sec-purpose": "prefetch;prerender" }
    expect(await guarded().ask("GET", ahead)).toEqual({ status: 503, cookies: 0, kept: 0 })
  })

  it("redirects code that wants JSON, and leaves nothing for it", async () => {
    const code = { accept: "application/json", ...language, ...said("cors", "empty") }
    expect(await guarded().ask("GET", code)).toEqual({ status: 307, cookies: 0, kept: 0 })
  })

  it("does so for a form post, by 303", async () => {
    const post = { ...navigation, ...said("navigate", "document"), origin: "https://app.example" }
    expect(await guarded().ask("POST", post)).toEqual({ status: 303, cookies: 2, kept: 1 })
  })

  it("leaves another site's post, which comes without its cookie, nothing to replace a session with", async () => {
    const post = { ...navigation, origin: "https://evil.example", "sec-fetch-site": "cross-site" }
    expect(await guarded().ask("POST", post)).toEqual({ status: 303, cookies: 0, kept: 0 })
  })
})
