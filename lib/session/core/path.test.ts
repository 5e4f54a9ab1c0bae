import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { localPathAndQuery, normalizePath, withoutTrailingSlash } from "./path"

const leadOffSite = [
  "//evil.example",
  "///evil.example",
  "////evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\\/evil.example",
  "//\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r/evil.example",
  "/\t\\evil.example",
  "\t//evil.example",
  " //evil.example",
  "\u0000//evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/%2e%2e//evil.example",
  "/%2E//evil.example",
  "/a/..//evil.example",
  "/a/%2e%2e//evil.example",
  "/.\\/evil.example",
  "/./\\evil.example",
  "https:evil.example",
  "https://evil.example",
  "HTTPS://evil.example",
  "http:/evil.example",
  "https:\\\\evil.example",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "blob:https://evil.example/x",
  "//user:pass@evil.example",
  "//local.invalid@evil.example",
  "https://local.invalid@evil.example",
  "//evil.example:443/",
  "//evil.example%2f..",
  "//[::1]/",
  "//[not-an-address",
  "evil.example",
  "@evil.example",
  ".evil.example",
  "?next=x",
  "#hash",
  "",
  " ",
  "*",
]

describe.each([
  ["normalizePath", normalizePath],
  ["localPathAndQuery", localPathAndQuery],
])("%s", (_, local) => {
  it.each(leadOffSite)("refuses %j", (address) => {
    expect(local(address)).toBeUndefined()
  })

  it("answers nothing that leads off the site, whatever it is given", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2e",
      "%2f",
      "\t",
      "\n",
      " ",
      "@",
      ":",
      "evil.example",
      "?",
      "#",
      "a",
    )
    const address = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary" }),
    )
    fc.assert(
      fc.property(address, (given) => {
        for (const base of ["http://app.example", "https://app.example/deep/page?x"]) {
          const answer = local(given)
          if (answer === undefined) continue
          expect(new URL(answer, base).origin).toBe(new URL(base).origin)
          expect(answer).toMatch(/^\/(?![/\\])/)
        }
      }),
      { numRuns: 5000 },
    )
  })
})

describe("normalizePath", () => {
  it.each([
    ["/", "/"],
    ["/cart", "/cart"],
    ["/cart/", "/cart"],
    ["/cart?x=1", "/cart"],
    ["/cart/?x=1#top", "/cart"],
    ["/cart#top", "/cart"],
    ["/?x", "/"],
    ["/a/./b", "/a/b"],
    ["/a/../b", "/b"],
    ["/a\\b", "/a/b"],
    ["/naïve ключ", "/na%C3%AFve%20%D0%BA%D0%BB%D1%8E%D1%87"],
    ["/na%C3%AFve", "/na%C3%AFve"],
    ["/🍪", "/%F0%9F%8D%AA"],
    ["/%2Fevil.example", "/%2Fevil.example"],
    ["/a//b", "/a//b"],
    ["/broken%E0%A4%A", "/broken%E0%A4%A"],
    ["/Cart", "/Cart"],
    ["/a@b:c", "/a@b:c"],
  ])("reads %j as %s", (path, expected) => {
    expect(normalizePath(path)).toBe(expected)
  })

  it("contains no space, so that a token can separate paths by one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(normalizePath(`/x${text}`) ?? "/").toMatch(/^[\x21-\x7e]+$/)
      }),
      { numRuns: 1000 },
    )
  })

  it("gives the same path for an address and for what it was read as", () => {
    const segment = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 6 })
      .filter((text) => !/[/\\?#]/.test(text))
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
        const path = normalizePath(`/${segments.join("/")}`)
        if (path !== undefined) expect(normalizePath(path)).toBe(path)
      }),
      { numRuns: 1000 },
    )
  })
})

describe("localPathAndQuery", () => {
  it.each([
    ["/cart?x=1&y=a b#top", "/cart?x=1&y=a%20b"],
    ["/cart/?q=//evil.example", "/cart/?q=//evil.example"],
    ["/", "/"],
  ])("keeps path and query of %j", (address, expected) => {
    expect(localPathAndQuery(address)).toBe(expected)
  })
})

describe("withoutTrailingSlash", () => {
  it.each([
    ["/", "/"],
    ["/a", "/a"],
    ["/a/", "/a"],
    ["/a/b/", "/a/b"],
  ])("reads %s as %s", (path, expected) => {
    expect(withoutTrailingSlash(path)).toBe(expected)
  })
})
