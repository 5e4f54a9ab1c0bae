import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { PAGE_HEADER } from "./headers.ts"
import { readPage, redirectPath, refererPath } from "./page.ts"

const HOST = "app.example:3000"
const headersOf = (given: Record<string, string> = {}) => new Headers({ host: HOST, ...given })
const page = { address: "/cart?x=1", path: "/cart" }

describe("readPage", () => {
  it("is for an action the page that middleware saw, path and query", () => {
    const headers = headersOf({ [PAGE_HEADER]: "/cart?x=1", referer: `http://${HOST}/other` })
    expect(readPage(headers, true)).toEqual(page)
  })

  it("is for a route handler the same-origin Referer, never its own address", () => {
    const headers = headersOf({ [PAGE_HEADER]: "/api/save", referer: `http://${HOST}/cart?x=1#top` })
    expect(readPage(headers, false)).toEqual(page)
  })

  it("is for an action without middleware the same-origin Referer", () => {
    expect(readPage(headersOf({ referer: `http://${HOST}/cart?x=1` }), true)).toEqual(page)
  })

  it("compares with the host the browser used when a proxy names it", () => {
    const proxied = { host: "10.0.0.7:8080", "x-forwarded-host": "app.example, inner" }
    expect(readPage(new Headers({ ...proxied, referer: "https://app.example/cart?x=1" }), false)).toEqual(page)
    expect(readPage(new Headers({ ...proxied, referer: "http://10.0.0.7:8080/cart" }), false).address).toBeUndefined()
  })

  it.each([
    ["nothing", {}],
    ["another site", { referer: "https://evil.example/cart" }],
    ["another port", { referer: "http://app.example:4000/cart" }],
    ["a subdomain", { referer: "http://x.app.example:3000/cart" }],
    ["our host as a user name", { referer: "http://app.example:3000@evil.example/cart" }],
    ["a path that leads off the site", { referer: `http://${HOST}//evil.example/cart` }],
    ["a backslash that leads off the site", { referer: `http://${HOST}/\\evil.example` }],
    ["no address", { referer: "%E0%A4%A" }],
    ["a script", { referer: "javascript:alert(1)" }],
  ])("is unknown for %s", (_, given) => {
    expect(readPage(headersOf(given), false)).toEqual({ address: undefined, path: "" })
  })

  it.each(["//evil.example", "https://evil.example/cart", "/\\evil.example", "javascript:alert(1)", ""])(
    "does not believe a forged page header %j",
    (forged) => {
      expect(readPage(headersOf({ [PAGE_HEADER]: forged }), true)).toEqual({ address: undefined, path: "" })
    },
  )

  it("never leads off the site, whatever the request says", () => {
    const ascii = fc.string({ unit: fc.constantFrom(...'/\\.:@?#%2ef evil.example"'), maxLength: 20 })
    fc.assert(
      fc.property(ascii, ascii, fc.boolean(), (forged, referer, isAction) => {
        const headers = headersOf({ [PAGE_HEADER]: forged, referer: `http://${HOST}${referer}` })
        const { address } = readPage(headers, isAction)
        if (address !== undefined) expect(new URL(address, `http://${HOST}`).host).toBe(HOST)
      }),
      { numRuns: 2000 },
    )
  })
})

describe("refererPath", () => {
  it("is the path of a same-origin Referer", () => {
    expect(refererPath(headersOf({ referer: `http://${HOST}/cart/?x=1` }))).toBe("/cart")
    expect(refererPath(headersOf({ referer: "https://evil.example/cart" }))).toBeUndefined()
    expect(refererPath(headersOf())).toBeUndefined()
  })
})

describe("redirectPath", () => {
  it.each([
    ["/dashboard", "/dashboard"],
    ["/dashboard/?welcome=1#top", "/dashboard"],
    ["?page=2", "/cart"],
    ["#top", "/cart"],
    ["", "/cart"],
    ["checkout", "/checkout"],
    ["./checkout", "/checkout"],
    ["../..", "/"],
    [`http://${HOST}/dashboard`, "/dashboard"],
    [`https://${HOST}/dashboard`, "/dashboard"],
    [`//${HOST}/dashboard`, "/dashboard"],
    ["/naïve", "/na%C3%AFve"],
    ["https://elsewhere.example/dashboard", "*"],
    ["//elsewhere.example/dashboard", "*"],
    ["/\\elsewhere.example", "*"],
    ["mailto:someone@app.example", "*"],
    ["http://[broken", "*"],
    [`http://${HOST}//elsewhere.example`, "*"],
  ])("of %j is %s", (target, expected) => {
    expect(redirectPath(target, headersOf(), page)).toBe(expected)
  })

  it("starts a relative target at the root when the page is unknown", () => {
    expect(redirectPath("checkout", headersOf(), { address: undefined, path: "" })).toBe("/checkout")
  })
})
