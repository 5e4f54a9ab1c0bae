import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { TOKEN_PREFIX } from "./token-prefix"
import {
  ASKED,
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
    expect(isPath(written.to, long)).toBe(true)
    expect(isPath(written.to, `${long}x`)).toBe(false)
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

it("is taken by a document, and not by a page that asks for it", () => {
  expect([token({}), token({ takenBy: ASKED }), token({ takenBy: "/b" })].map(isTaken)).toEqual([
    false,
    false,
    true,
  ])
})
