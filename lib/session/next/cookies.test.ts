import fc from "fast-check"
import { NextResponse } from "next/server"
import { describe, expect, it } from "vitest"
import { MAX_COOKIE_BYTES } from "../core/limits"
import { TOKEN_PREFIX } from "../core/token-prefix"
import {
  cookieBytes,
  isHttps,
  packCookieValue,
  readTokens,
  removed,
  sessionCookie,
  sessionCookieName,
  tokenCookie,
  unpackCookieValue,
  type CookieWrite,
} from "./cookies"

const token = {
  name: TOKEN_PREFIX + "abcdefghijklmnop",
  id: "abcdefghijklmnop",
  to: "/cart",
  from: "/",
  takenBy: "",
}

const jarOf = (cookies: [string, string][]) => ({
  get: (name: string) => {
    const found = cookies.find(([known]) => known === name)
    return found && { value: found[1] }
  },
  getAll: () => cookies.map(([name, value]) => ({ name, value })),
})

describe("isHttps", () => {
  it.each([
    ["https", true],
    ["http", false],
    ["https,http", true],
    [" https , http", true],
    ["http,https", false],
    ["HTTP", false],
    ["", false],
    [undefined, false],
  ])("reads x-forwarded-proto %j as %s", (value, expected) => {
    expect(isHttps(new Headers(value === undefined ? {} : { "x-forwarded-proto": value }))).toBe(expected)
  })
})

describe("the session cookie", () => {
  it("is __Host-, Secure, HttpOnly, Lax and for the whole site over https", () => {
    expect(sessionCookie({ name: "session", value: "v", maxAge: 60, https: true })).toEqual({
      name: "__Host-session",
      value: "v",
      httpOnly: true,
      secure: true,
      sameSite: "lax",
      path: "/",
      maxAge: 60,
    })
  })

  it("has neither prefix nor Secure over plain http, where a browser would drop it", () => {
    expect(sessionCookie({ name: "session", value: "v", maxAge: 60, https: false })).toMatchObject({
      name: "session",
      secure: false,
      httpOnly: true,
    })
  })

  it("is read by one name only", () => {
    expect([sessionCookieName("s", true), sessionCookieName("s", false)]).toEqual(["__Host-s", "s"])
  })

  it.each([true, false])("is removed with the attributes it was set with (https: %s)", (https) => {
    const { value, maxAge, ...attributes } = removed(
      sessionCookie({ name: "session", value: "v", maxAge: 60, https }),
    )
    expect({ value, maxAge }).toEqual({ value: "", maxAge: 0 })
    expect(sessionCookie({ name: "session", value: "v", maxAge: 60, https })).toMatchObject(attributes)
  })
})

describe("the token cookie", () => {
  it("can be read by our client code and is Secure on https", () => {
    expect(tokenCookie(token, 60, true)).toEqual({
      name: TOKEN_PREFIX + token.id,
      value: "/cart / ",
      httpOnly: false,
      secure: true,
      sameSite: "lax",
      path: "/",
      maxAge: 60,
    })
  })
})

describe("readTokens", () => {
  it("reads our tokens and no other cookie", () => {
    const jar = jarOf([
      ["session", "x"],
      [TOKEN_PREFIX + token.id, "/cart / "],
      ["flash_", "/cart"],
      ["flash_short", "/cart"],
      [TOKEN_PREFIX + "ponmlkjihgfedcba", "https://evil.example"],
    ])
    expect(readTokens(jar, TOKEN_PREFIX)).toEqual([token])
  })
})

describe("cookieBytes", () => {
  it("counts the whole Set-Cookie header, attributes included", () => {
    const short = sessionCookie({ name: "session", value: "v", maxAge: 60, https: true })
    expect(cookieBytes(short)).toBeGreaterThan(
      "__Host-session=v; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=lax".length,
    )
    expect(cookieBytes({ ...short, value: "v".repeat(1001) })).toBe(cookieBytes(short) + 1000)
  })

  it("counts as many bytes as Next sends, whatever the cookie", () => {
    const asNext = (cookie: CookieWrite) => {
      const response = new NextResponse()
      response.cookies.set(cookie)
      return Buffer.byteLength(response.headers.getSetCookie()[0] ?? "")
    }
    const cookies = [true, false].flatMap((https) =>
      [-1, 0, 1, 59, 7_776_000].flatMap((maxAge) =>
        ["", "v", "Fe26.2*k01234567**-_*~2", ' ;,=%"é🍪'].flatMap((value) => [
          sessionCookie({ name: "session", value, maxAge, https }),
          tokenCookie({ ...token, to: `/${value}` }, maxAge, https),
        ]),
      ),
    )
    for (const cookie of cookies) expect(cookieBytes(cookie)).toBe(asNext(cookie))
  })

  it("counts a character that has to be percent-encoded as what is sent", () => {
    const cookie = sessionCookie({ name: "session", value: "v", maxAge: 60, https: true })
    expect(cookieBytes({ ...cookie, value: "%" }) - cookieBytes(cookie)).toBe(2)
    expect(cookieBytes({ ...cookie, value: "é" }) - cookieBytes(cookie)).toBe(5)
  })

  it("is measured against what browsers keep", () => {
    expect(MAX_COOKIE_BYTES).toBe(4096)
  })
})

describe("packCookieValue and unpackCookieValue", () => {
  it("round trip any time and value", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2 ** 40 }),
        fc.string({ minLength: 1 }).filter((text) => !text.includes("\n")),
        (writtenAt, value) => {
          expect(unpackCookieValue(packCookieValue(writtenAt, value))).toEqual({ writtenAt, value })
        },
      ),
      { numRuns: 1000 },
    )
  })

  it.each([
    "",
    ".",
    "x",
    "abc",
    "abc.",
    ".abc",
    "ABC.value",
    "123456789.value",
    "-1.value",
    "a b.value",
    "%.value",
    "🍪.value",
  ])("does not unpack %j", (packed) => {
    expect(unpackCookieValue(packed)).toBeUndefined()
  })

  it("throws for no text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (packed) => void unpackCookieValue(packed)),
      { numRuns: 1000 },
    )
  })
})
