import { describe, expect, it } from "vitest"
import { isDocumentNavigation } from "./navigation.ts"

describe("isDocumentNavigation", () => {
  const html = "text/html,application/xhtml+xml"
  it.each<[boolean, string, string, Record<string, string>]>([
    [true, "a person opening a page", "GET", { "sec-fetch-dest": "document", accept: html }],
    [true, "a browser that sends no Sec-Fetch-*", "GET", { accept: html }],
    [false, "a HEAD request", "HEAD", { "sec-fetch-dest": "document", accept: html }],
    [false, "a form post", "POST", { "sec-fetch-dest": "document", accept: html }],
    [false, "a script's fetch", "GET", { "sec-fetch-dest": "empty", accept: html }],
    [false, "a script's fetch without Sec-Fetch-*", "GET", { accept: "*/*" }],
    [false, "an image", "GET", { "sec-fetch-dest": "image" }],
    [false, "a frame", "GET", { "sec-fetch-dest": "iframe", accept: html }],
    [
      false,
      "speculation",
      "GET",
      { "sec-fetch-dest": "document", accept: html, "sec-purpose": "prefetch;prerender" },
    ],
    [false, "an older prefetch", "GET", { "sec-fetch-dest": "document", accept: html, purpose: "prefetch" }],
    [false, "Firefox's prefetch", "GET", { accept: html, "x-moz": "prefetch" }],
    [false, "nothing said", "GET", {}],
  ])("is %s for %s", (expected, _, method, headers) => {
    expect(isDocumentNavigation(method, new Headers(headers))).toBe(expected)
  })
})
