import { describe, expect, it } from "vitest"
import type { Asker } from "../core/delivery"
import { askerOf, isCrawler, opensDocument } from "./asker"

/** As Chromium 156 and Firefox ESR 153 send them. */
const html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
const language = { "accept-language": "en-US,en;q=0.9" }
const navigation = { accept: html, "upgrade-insecure-requests": "1", ...language }
const said = (mode: string, dest: string, more: Record<string, string> = {}) => ({
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": mode,
  "sec-fetch-dest": dest,
  ...more,
})

describe("askerOf", () => {
  it.each<[Asker, string, string, Record<string, string>]>([
    ["person", "a page opened", "GET", { ...navigation, ...said("navigate", "document") }],
    ["person", "one over plain http, or in a browser before Sec-Fetch", "GET", navigation],
    [
      "person",
      "a navigation that a service worker forwards: fetch(event.request)",
      "GET",
      { ...navigation, ...said("navigate", "empty") },
    ],
    [
      "person",
      "one that it makes anew: fetch(new Request(event.request, …))",
      "GET",
      { ...navigation, ...said("same-origin", "empty"), referer: "http://localhost/sw.js" },
    ],
    [
      "frame",
      "a link or a form in a frame",
      "GET",
      { ...navigation, ...said("navigate", "iframe", { "sec-fetch-user": "?1" }) },
    ],
    ["nobody", "a frame that loads by itself", "GET", { ...navigation, ...said("navigate", "iframe") }],
    ["nobody", "an object", "GET", { ...navigation, ...said("navigate", "object") }],
    ["page", "the router", "GET", { accept: "*/*", ...language, ...said("cors", "empty") }],
    ["page", "the router, before Sec-Fetch", "GET", { accept: "*/*", ...language }],
    [
      "page",
      "a script that fetches the page as HTML",
      "GET",
      { accept: html, ...language, ...said("cors", "empty") },
    ],
    [
      "worker",
      "a service worker that asks by address alone: fetch(event.request.url)",
      "GET",
      { accept: "*/*", ...language, ...said("cors", "empty"), referer: "http://localhost/sw.js" },
    ],
    [
      "page",
      "speculation",
      "GET",
      { ...navigation, ...said("navigate", "document"), "sec-purpose": "prefetch;prerender" },
    ],
    ["page", "an older prefetch", "GET", { ...navigation, purpose: "prefetch" }],
    ["page", "Firefox's prefetch", "GET", { ...navigation, "x-moz": "prefetch" }],
    ["nobody", "an image", "GET", { accept: "image/avif,*/*", ...language, ...said("no-cors", "image") }],
    [
      "person",
      "Node's fetch, told to be a navigation",
      "GET",
      { accept: html, ...language, "sec-fetch-mode": "cors", "sec-fetch-dest": "document" },
    ],
    ["nobody", "HEAD", "HEAD", { ...navigation, ...said("navigate", "document") }],
    ["nobody", "a form post", "POST", { ...navigation, ...said("navigate", "document") }],
    ["nobody", "curl", "GET", { accept: "*/*", "user-agent": "curl/8.14.1" }],
    ["nobody", "a monitor that wants HTML", "GET", { accept: html, "user-agent": "Monitor/2" }],
    ["nobody", "Googlebot, which sends no Accept-Language", "GET", { accept: html }],
    ["nobody", "nothing said", "GET", {}],
  ])("%s: %s", (asker, _, method, headers) => {
    expect(askerOf(method, new Headers(headers))).toBe(asker)
  })
})

describe("opensDocument", () => {
  it.each<[boolean, string, Record<string, string>]>([
    [true, "a form's own submit", { ...navigation, ...said("navigate", "document") }],
    [true, "the same through a service worker", { ...navigation, ...said("same-origin", "empty") }],
    [true, "a browser before Sec-Fetch", { accept: html }],
    [false, "fetch", { accept: "*/*", ...said("cors", "empty") }],
    [false, "fetch that accepts HTML", { accept: "text/html", ...said("same-origin", "empty") }],
    [false, "a program", { accept: "application/json" }],
    [false, "a program that says nothing", {}],
  ])("is %s for %s", (expected, _, headers) => {
    expect(opensDocument(new Headers(headers))).toBe(expected)
  })
})

describe("isCrawler", () => {
  it("knows by Next's list who says so", () => {
    const bot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    expect(isCrawler(new Headers({ "user-agent": bot }))).toBe(true)
    expect(isCrawler(new Headers({ "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/153.0" }))).toBe(false)
  })
})
