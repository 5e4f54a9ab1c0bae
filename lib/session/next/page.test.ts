import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { PAGE_HEADER } from "./headers"
import { pageAt, readPage } from "./page"

const HOST = "app.example:3000"
const site = { hosts: [HOST], basePath: "" }
const page = { address: "/cart?x=1", path: "/cart" }

describe("readPage", () => {
  it("is for an action the page that middleware saw, path and query", () => {
    const headers = new Headers({ [PAGE_HEADER]: "/cart?x=1", referer: `http://${HOST}/other` })
    expect(readPage(headers, site, true)).toEqual(page)
  })

  it("is for a route handler the same-site Referer, never its own address", () => {
    const headers = new Headers({ [PAGE_HEADER]: "/api/save", referer: `http://${HOST}/cart?x=1#top` })
    expect(readPage(headers, site, false)).toEqual(page)
  })

  it("is for an action without middleware the same-site Referer", () => {
    expect(readPage(new Headers({ referer: `http://${HOST}/cart?x=1` }), site, true)).toEqual(page)
  })

  it("is known without the base path", () => {
    const headers = new Headers({ referer: `http://${HOST}/shop/cart?x=1` })
    expect(readPage(headers, { ...site, basePath: "/shop" }, false)).toEqual(page)
  })

  it.each([
    ["nothing", {}],
    ["another site", { referer: "https://evil.example/cart" }],
    ["another port", { referer: "http://app.example:4000/cart" }],
    ["a subdomain", { referer: "http://x.app.example:3000/cart" }],
    ["our host as a user name", { referer: "http://app.example:3000@evil.example/cart" }],
    ["a path that leads off the site", { referer: `http://${HOST}//evil.example/cart` }],
    ["a backslash that leads off the site", { referer: `http://${HOST}/\\evil.example` }],
    ["a script", { referer: "javascript:alert(1)" }],
    ["no address", { referer: "%E0%A4%A" }],
    ["a broken address", { referer: "http://[broken" }],
  ])("is unknown for %s", (_, given) => {
    expect(readPage(new Headers(given), site, false)).toEqual({ address: undefined, path: "" })
  })

  it.each(["//evil.example", "https://evil.example/cart", "/\\evil.example", "javascript:alert(1)", ""])(
    "does not believe a forged page header %j",
    (forged) => {
      expect(readPage(new Headers({ [PAGE_HEADER]: forged }), site, true)).toEqual({
        address: undefined,
        path: "",
      })
    },
  )

  it("never leads off the site, whatever the request says", () => {
    const ascii = fc.string({ unit: fc.constantFrom(...'/\\.:@?#%2ef evil.example"'), maxLength: 20 })
    const basePath = fc.constantFrom("", "/shop", "/.")
    fc.assert(
      fc.property(ascii, ascii, basePath, fc.boolean(), (forged, referer, base, isAction) => {
        const headers = new Headers({ [PAGE_HEADER]: forged, referer: `http://${HOST}${base}${referer}` })
        const { address } = readPage(headers, { hosts: [HOST], basePath: base }, isAction)
        if (address !== undefined) expect(new URL(address, `http://${HOST}`).host).toBe(HOST)
      }),
      { numRuns: 2000 },
    )
  })
})

describe("pageAt", () => {
  it("compares pages by their path alone", () => {
    expect(pageAt("/cart/?x=1")).toEqual({ address: "/cart/?x=1", path: "/cart" })
    expect(pageAt(undefined)).toEqual({ address: undefined, path: "" })
  })
})
