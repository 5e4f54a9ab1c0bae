import { describe, expect, it } from "vitest"
import { BASE_PATH_HEADER } from "./headers"
import { browserHost, localAddress, readSite, redirectPath, refererAddress } from "./site"

const HOST = "app.example:3000"
const site = { hosts: [HOST], basePath: "" }
const shop = { hosts: [HOST], basePath: "/shop" }

describe("browserHost", () => {
  it("is the host the browser used, also when a proxy is between", () => {
    expect(browserHost(new Headers({ host: HOST }))).toBe(HOST)
    expect(
      browserHost(new Headers({ host: "10.0.0.7:8080", "x-forwarded-host": "app.example, inner" })),
    ).toBe("app.example")
    expect(browserHost(new Headers())).toBe("")
  })
})

describe("browserHost of what proxies write", () => {
  it.each([
    ["Shop.Example", "https", "shop.example"],
    ["shop.example:443", "https", "shop.example"],
    ["shop.example:80", "http", "shop.example"],
    ["shop.example:8443", "https", "shop.example:8443"],
    ["", "https", "inner.example"],
    ["[::1]:3000", "http", "[::1]:3000"],
    ["not a host", "http", "not a host"],
  ])("%j over %s is %j", (named, scheme, host) => {
    const headers = { host: "inner.example", "x-forwarded-host": named, "x-forwarded-proto": scheme }
    expect(browserHost(new Headers(headers))).toBe(host)
  })
})

describe("readSite", () => {
  it("knows the base path that middleware passed on", () => {
    const headers = new Headers({ host: HOST, [BASE_PATH_HEADER]: "/shop" })
    expect(readSite(headers)).toEqual(shop)
    expect(readSite(new Headers({ host: HOST, [BASE_PATH_HEADER]: "" }))).toEqual(site)
    expect(readSite(new Headers({ host: HOST }))).toEqual(site)
  })

  it.each(["//evil.example", "https://evil.example", "/\\evil.example", "evil"])(
    "does not believe the base path %j",
    (forged) => {
      expect(readSite(new Headers({ host: HOST, [BASE_PATH_HEADER]: forged })).basePath).toBe("")
    },
  )

  // "/" + "/evil.example" is "//evil.example": a forged base path makes the way back lead off the site.
  it("reads the base path / as none", () => {
    expect(readSite(new Headers({ host: HOST, [BASE_PATH_HEADER]: "/" })).basePath).toBe("")
  })
})

describe("localAddress", () => {
  it.each([
    ["/cart?x=1#top", "/cart?x=1"],
    [`http://${HOST}/cart`, "/cart"],
    ["https://evil.example/cart", undefined],
    ["javascript:alert(1)", undefined],
    ["http://[broken", undefined],
  ])("of %j is %j", (address, expected) => {
    expect(localAddress(address, site)).toBe(expected)
  })

  it.each([
    ["/shop/cart?x=1", "/cart?x=1"],
    ["/shop", "/"],
    ["/shop/", "/"],
    ["/shopping", "/shopping"],
    ["/shop//evil.example", undefined],
    ["/shop/\\evil.example", undefined],
    ["/shop/%2e//evil.example", undefined],
  ])("without the base path of %j is %j", (address, expected) => {
    expect(localAddress(address, shop)).toBe(expected)
  })

  it("knows every host of the site", () => {
    const hosts = ["app.example", "10.0.0.7:8080"]
    for (const host of hosts) expect(localAddress(`https://${host}/a`, { hosts, basePath: "" })).toBe("/a")
    expect(localAddress("https://app.example:1/a", { hosts, basePath: "" })).toBeUndefined()
  })

  it("knows no address when the request names no host", () => {
    for (const from of ["/", "/cart"]) {
      expect(localAddress("https://evil.example/a", { hosts: [""], basePath: "" }, from)).toBeUndefined()
      expect(localAddress("http://cart/a", { hosts: [""], basePath: "" }, from)).toBeUndefined()
    }
  })
})

describe("refererAddress", () => {
  const refererOf = (referer: string, at = site) => refererAddress(new Headers({ referer }), at)

  it("is path and query of a same-site Referer, without the base path", () => {
    expect(refererOf(`http://${HOST}/cart/?x=1#top`)).toBe("/cart/?x=1")
    expect(refererOf(`https://${HOST}/shop/cart`, shop)).toBe("/cart")
  })

  it.each([
    "",
    "/cart",
    "cart",
    "%E0%A4%A",
    "//app.example:3000/cart",
    "https://evil.example/cart",
    "javascript:alert(1)",
  ])("is unknown for %j", (referer) => {
    expect(refererOf(referer)).toBeUndefined()
  })

  it("is unknown without one", () => {
    expect(refererAddress(new Headers(), site)).toBeUndefined()
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
  ])("of %j is %s", (location, expected) => {
    expect(redirectPath(location, site, "/cart?x=1")).toBe(expected)
  })

  it.each([
    ["/shop/dashboard", "/dashboard"],
    ["/dashboard", "/dashboard"],
    ["/shop", "/"],
    [`http://${HOST}/shop/dashboard/`, "/dashboard"],
  ])("of %j is %s, with or without the base path", (location, expected) => {
    expect(redirectPath(location, shop, "/cart")).toBe(expected)
  })
})
