import { describe, expect, it } from "vitest"
import { isCrossSite, requestMethod } from "./cross-site"

const request = (headers: Record<string, string>) => new Headers({ host: "shop.example", ...headers })
const post = (headers: Record<string, string>) => request({ "x-session-method": "POST", ...headers })
const allowed = ["trusted.example", "*.partner.example", "localhost:4000"]
const crossSite = (headers: Headers, origins: readonly string[]) =>
  isCrossSite(requestMethod(headers), headers, origins)

describe("isCrossSite", () => {
  it.each<[Record<string, string>, string]>([
    [{ origin: "https://shop.example" }, "the app's own origin"],
    [{ origin: "https://SHOP.example" }, "in capitals"],
    [{ origin: "https://trusted.example" }, "a listed one"],
    [{ origin: "https://login.partner.example" }, "one that matches a pattern"],
    [{ origin: "http://localhost:4000" }, "a listed one with a port"],
    [{ "sec-fetch-site": "same-origin" }, "no Origin, but the browser's word"],
    [{ "sec-fetch-site": "same-origin", origin: "null" }, "Referrer-Policy: no-referrer"],
    [{ origin: "https://shop.example", "sec-fetch-site": "same-origin" }, "both"],
  ])("lets a post pass with %j (%s)", (headers) => {
    expect(crossSite(post(headers), allowed)).toBe(false)
  })

  it.each<[Record<string, string>, string]>([
    [{}, "nothing"],
    [{ origin: "null" }, "an opaque origin"],
    [{ origin: "" }, "an empty one"],
    [{ origin: "https://evil.example" }, "another one"],
    [{ origin: "https://shop.example.evil.example" }, "one that begins alike"],
    [{ origin: "https://evilshop.example" }, "one that ends alike"],
    [{ origin: "https://shop.example:8443" }, "another port"],
    [{ origin: "https://partner.example" }, "a pattern's parent"],
    [{ origin: "https://a.b.partner.example" }, "one label too many"],
    [{ origin: "https://evil.example", "sec-fetch-site": "cross-site" }, "the browser's word against it"],
    [{ origin: "https://blog.shop.example", "sec-fetch-site": "same-site" }, "a sibling"],
    [{ origin: "shop.example" }, "no origin at all"],
    [{ "sec-fetch-site": "none" }, "neither"],
  ])("refuses a post with %j (%s)", (headers) => {
    expect(crossSite(post(headers), allowed)).toBe(true)
  })

  it("lets every safe request pass, whoever sends it", () => {
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      const headers = request({ "x-session-method": method, origin: "https://evil.example" })
      expect(crossSite(headers, [])).toBe(false)
    }
    for (const method of ["PUT", "PATCH", "DELETE", "PROPFIND"]) {
      const headers = request({ "x-session-method": method, origin: "https://evil.example" })
      expect(crossSite(headers, [])).toBe(true)
    }
  })

  it("tells a post by its body where no middleware ran", () => {
    expect(requestMethod(request({}))).toBe("GET")
    expect(requestMethod(request({ "content-length": "0" }))).toBe("POST")
    expect(requestMethod(request({ "transfer-encoding": "chunked" }))).toBe("POST")
    expect(crossSite(request({ "content-length": "3", origin: "https://evil.example" }), [])).toBe(true)
  })

  it("knows the app behind a proxy by the host the browser asked for", () => {
    const headers = post({ "x-forwarded-host": "www.example", origin: "https://www.example" })
    expect(crossSite(headers, [])).toBe(false)
  })
})
