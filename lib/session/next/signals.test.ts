import {
  forbidden,
  notFound,
  permanentRedirect,
  redirect,
  RedirectType,
  unauthorized,
} from "next/navigation.js"
import { describe, expect, it, vi } from "vitest"
import {
  getAccessFallbackHTTPStatus,
  isHTTPAccessFallbackError,
} from "next/dist/client/components/http-access-fallback/http-access-fallback.js"
import { isRedirectError } from "next/dist/client/components/redirect-error.js"
import {
  getRedirectStatusCodeFromError,
  getRedirectTypeFromError,
  getURLFromRedirectError,
} from "next/dist/client/components/redirect.js"
import { BackSignal, rethrowSessionSignal } from "../forms/back-signal"
import { forbiddenSignal, readNextSignal, redirectSignal } from "./signals"

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return expect.unreachable("nothing was thrown")
}

describe("readNextSignal reads what Next really throws", () => {
  it.each([
    "/dashboard",
    "/dashboard?a=1;b=2#top",
    "/a;b;c;d",
    "https://elsewhere.example/x;y",
    "",
    "/naïve 🍪",
    "?page=2",
  ])("redirect(%j)", (url) => {
    const kind = "redirect"
    expect(readNextSignal(thrownBy(() => redirect(url)))).toEqual({ kind, url, type: "replace", status: 307 })
    expect(readNextSignal(thrownBy(() => redirect(url, RedirectType.push)))).toEqual({
      kind,
      url,
      type: "push",
      status: 307,
    })
    expect(readNextSignal(thrownBy(() => permanentRedirect(url)))).toEqual({
      kind,
      url,
      type: "replace",
      status: 308,
    })
  })

  it("and what is made here is read by Next", () => {
    const see: unknown = redirectSignal({ url: "/a;b?c#d", type: "push", status: 303 })
    if (!isRedirectError(see)) expect.unreachable("Next does not know it")
    expect([
      getURLFromRedirectError(see),
      getRedirectTypeFromError(see),
      getRedirectStatusCodeFromError(see),
    ]).toEqual(["/a;b?c#d", "push", 303])
    const forbids: unknown = forbiddenSignal()
    if (!isHTTPAccessFallbackError(forbids)) expect.unreachable("Next does not know it")
    expect(getAccessFallbackHTTPStatus(forbids)).toBe(403)
  })

  it("notFound()", () => {
    expect(readNextSignal(thrownBy(() => notFound()))).toEqual({ kind: "http-error", status: 404 })
  })

  it("forbidden() and unauthorized()", () => {
    vi.stubEnv("__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS", "true")
    expect(readNextSignal(thrownBy(() => forbidden()))).toEqual({ kind: "http-error", status: 403 })
    expect(readNextSignal(thrownBy(() => unauthorized()))).toEqual({ kind: "http-error", status: 401 })
  })
})

describe("readNextSignal leaves everything else alone", () => {
  const withDigest = (digest: unknown) => Object.assign(new Error("x"), { digest })

  it.each([
    ["an error", new Error("NEXT_REDIRECT")],
    ["an error of React's", withDigest("1234567890")],
    ["a digest that is no text", withDigest(404)],
    ["a redirect with parts missing", withDigest("NEXT_REDIRECT;replace;/x")],
    ["a name that merely starts alike", withDigest("NEXT_REDIRECTED;replace;/x;307;")],
    ["a fallback without a status", withDigest("NEXT_HTTP_ERROR_FALLBACK;x")],
    ["an object that is no error", { digest: "NEXT_REDIRECT;replace;/x;307;" }],
    ["our own signal", new BackSignal({})],
    ["text", "NEXT_REDIRECT;replace;/x;307;"],
    ["undefined", undefined],
    ["null", null],
  ])("%s", (_, error) => {
    expect(readNextSignal(error)).toBeUndefined()
  })
})

describe("rethrowSessionSignal", () => {
  it("lets the signal of validate and back pass through an app's own catch", () => {
    const signal = new BackSignal({})
    expect(() => rethrowSessionSignal(signal)).toThrow(signal)
  })

  it("returns for every other error, Next's own included", () => {
    for (const error of [new Error("x"), thrownBy(() => redirect("/x")), undefined])
      rethrowSessionSignal(error)
  })
})

describe("BackSignal", () => {
  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""])(
    "does not lead off the site with the fallback %j",
    (fallback) => {
      expect(new BackSignal({ fallback }).fallback).toBe("/")
    },
  )

  it("keeps path and query of its fallback", () => {
    expect(new BackSignal({ fallback: "/cart?x=1#top" }).fallback).toBe("/cart?x=1")
  })
})
