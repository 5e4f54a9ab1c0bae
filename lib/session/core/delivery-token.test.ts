import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { TOKEN_PREFIX } from "./token-prefix"
import {
  arrivesAt,
  ASKED,
  isAskedFor,
  isPath,
  isTaken,
  newToken,
  parseToken as parse,
  tokenPrefix,
  tokenValue,
  type DeliveryToken,
} from "./delivery-token"
import { normalizePath } from "./path"
import { randomDeliveryId } from "./random-id"

const ID = "abcdefghijklmn-_"

const parseToken = (name: string, value: string) => parse(name, value, TOKEN_PREFIX)

const token = (given: Partial<DeliveryToken>): DeliveryToken => ({
  name: TOKEN_PREFIX + ID,
  id: ID,
  to: "/",
  from: "",
  takenBy: "",
  ...given,
})

describe("parseToken", () => {
  it("reads names and values it made, for any paths", () => {
    const path = fc.string({ unit: "binary" }).map((text) => normalizePath(`/${text}`) ?? "/")
    const optional = fc.oneof(fc.constant(""), path)
    fc.assert(
      fc.property(fc.oneof(fc.constant("*"), path), optional, optional, (to, from, takenBy) => {
        const written = { ...newToken(TOKEN_PREFIX, randomDeliveryId(), to, from), takenBy }
        expect(parseToken(written.name, tokenValue(written))).toEqual(written)
      }),
      { numRuns: 1000 },
    )
  })

  it("needs nothing but the target", () => {
    expect(parseToken(TOKEN_PREFIX + ID, "/cart")).toEqual(token({ to: "/cart" }))
  })

  it.each([
    ["another cookie", "session", "/cart"],
    ["no id", "flash_", "/cart"],
    ["a short id", "flash_abc", "/cart"],
    ["a long id", `flash_${ID}x`, "/cart"],
    ["an id with other characters", "flash_abcdefghijklmn.*", "/cart"],
    ["an id with a line break", `flash_${ID}\n`, "/cart"],
    ["a cookie that merely contains the prefix", `my_flash_${ID}`, "/cart"],
    ["no value", `flash_${ID}`, ""],
    ["a target that is no path", `flash_${ID}`, "https://evil.example"],
    ["a target after a space", `flash_${ID}`, " /cart"],
  ])("is undefined for %s", (_, name, value) => {
    expect(parseToken(name, value)).toBeUndefined()
  })

  it("throws for nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, value) => {
        parseToken(name, value)
        parseToken(TOKEN_PREFIX + ID, value)
      }),
      { numRuns: 1000 },
    )
  })
})

describe("a token of another session in the same app", () => {
  const names = ["session", "admin", "a", "session_", "abcdefghijklmn-"]

  it.each(names)("is read by that session only: %s", (name) => {
    const { name: cookie, ...written } = newToken(tokenPrefix(name), ID, "/cart", "")
    const readers = names.filter((other) =>
      parse(cookie, tokenValue({ name: cookie, ...written }), tokenPrefix(other)),
    )
    expect(readers).toEqual([name])
  })
})

describe("a long path", () => {
  const long = `/${"%D1%8F".repeat(200)}`

  it("takes little room, and is still told from any other", () => {
    const written = { ...newToken(TOKEN_PREFIX, ID, long, long), takenBy: "" }
    expect(encodeURIComponent(tokenValue(written)).length).toBeLessThan(40)
    expect(arrivesAt(written, long, "")).toBe(true)
    expect(arrivesAt(written, `${long}x`, "")).toBe(false)
    expect(isPath(written.from, long)).toBe(true)
    expect(parseToken(written.name, tokenValue(written))).toEqual(written)
  })

  it("keeps a token below 500 bytes, whatever its paths", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
        const path = normalizePath(`/${text}`) ?? "/"
        const written = {
          ...newToken(TOKEN_PREFIX, ID, path, path),
          takenBy: newToken(TOKEN_PREFIX, ID, path, "").to,
        }
        expect(`${written.name}=${encodeURIComponent(tokenValue(written))}`.length).toBeLessThan(500)
      }),
    )
  })
})

describe("arrivesAt", () => {
  it.each<[boolean, string, Partial<DeliveryToken>, string, string?]>([
    [true, "the page it is addressed to", { to: "/b", from: "/a" }, "/b", "/a"],
    [true, "that page without a Referer", { to: "/b", from: "/a" }, "/b"],
    [true, "that page from elsewhere", { to: "/b", from: "/a" }, "/b", "/c"],
    [true, "the page that flashed to itself", { to: "/a", from: "/a" }, "/a", "/a"],
    [true, "any page, when addressed to none", { to: "*" }, "/anything"],
    [false, "another page", { to: "/b", from: "/a" }, "/c", "/x"],
    [false, "another page without a Referer", { to: "/b", from: "/a" }, "/c"],
    [false, "a page whose path merely starts with the target's", { to: "/b" }, "/bb"],
    [false, "a page below the target", { to: "/b" }, "/b/c"],
    [false, "the root, for a longer target", { to: "/b" }, "/"],
    [false, "a page of another case", { to: "/b" }, "/B"],
    [
      true,
      "where the target redirected on: the Referer still names the writer",
      { to: "/b", from: "/a" },
      "/c",
      "/a",
    ],
    [false, "a link on the page that flashed to itself", { to: "/a", from: "/a" }, "/c", "/a"],
    [false, "another page, when the writer is unknown", { to: "/b", from: "" }, "/c", "/a"],
    [false, "another page without a Referer, when the writer is unknown", { to: "/b", from: "" }, "/c", ""],
    [true, "the page that asked for it and was reloaded", { to: "/b", takenBy: ASKED }, "/b"],
    [false, "another page than asked for it", { to: "/b", takenBy: ASKED }, "/c"],
    [false, "a reload of the document that showed it", { to: "/b", from: "/a", takenBy: "/b" }, "/b", "/a"],
    [
      false,
      "the next page after the one that showed it",
      { to: "/b", from: "/a", takenBy: "/b" },
      "/c",
      "/b",
    ],
    [false, "any next page, once any page showed it", { to: "*", takenBy: "/b" }, "/c", "/b"],
    [false, "the target again, after another page showed it", { to: "/b", takenBy: "/c" }, "/b"],
    [
      false,
      "where the document that was told to show it redirected on: only the client can tell",
      { to: "/b", from: "/a", takenBy: "/b" },
      "/c",
      "/a",
    ],
    [
      false,
      "a link on the writer's page, where it was shown",
      { to: "/b", from: "/a", takenBy: "/a" },
      "/c",
      "/a",
    ],
    [
      false,
      "a link on the page that wrote and showed it",
      { to: "*", from: "/a", takenBy: "/a" },
      "/c",
      "/a",
    ],
  ])("is %s for %s", (expected, _, given, path, referer) => {
    expect(arrivesAt(token(given), path, referer ?? "")).toBe(expected)
  })
})

describe("isAskedFor", () => {
  it.each<[boolean, string, Partial<DeliveryToken>]>([
    [true, "the page that asked", { to: "/b", takenBy: ASKED }],
    [false, "another page", { to: "/c", takenBy: ASKED }],
    [false, "any page, when it is left to whichever is next", { to: "*", takenBy: ASKED }],
    [false, "a page that did not ask", { to: "/b" }],
    [false, "the page that was told already", { to: "/b", takenBy: "/b" }],
  ])("is %s for %s", (expected, _, given) => {
    expect(isAskedFor(token(given), "/b")).toBe(expected)
  })

  it("is not the same as taken", () => {
    expect([token({}), token({ takenBy: ASKED }), token({ takenBy: "/b" })].map(isTaken)).toEqual([
      false,
      false,
      true,
    ])
  })
})
