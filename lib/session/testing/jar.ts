import { NextResponse } from "next/server"
import type { CookieReader } from "../next/cookies"

/** The cookies of one browser, as it holds them: values are not decoded. */
export interface Jar {
  /** The Cookie header; undefined when it is empty. */
  header(): string | undefined
  /** Takes what a response sets, one `Set-Cookie` value each. */
  take(setCookies: readonly string[]): void
  forget(name: string): void
  /** As Next reads it. */
  reader(): CookieReader
}

/** A cookie that a response set. */
export interface SetCookie {
  readonly name: string
  /** Decoded; `""` when it was removed. */
  readonly value: string
  /** Seconds; 0 when it was removed, undefined when it lives as long as the browser runs. */
  readonly maxAge: number | undefined
  readonly httpOnly: boolean
  readonly secure: boolean
  readonly sameSite: "lax" | "strict" | "none" | undefined
  readonly path: string
}

/** @param now Unix time in seconds */
export function createJar(now: () => number): Jar {
  const held = new Map<string, { readonly value: string; readonly goneAt: number }>()
  const live = () => [...held].filter(([, { goneAt }]) => goneAt > now())
  const header = () =>
    live()
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ") || undefined
  return {
    header,
    take(setCookies) {
      for (const line of setCookies) {
        const { name, maxAge } = parseSetCookie(line)
        const goneAt = maxAge === undefined ? Number.POSITIVE_INFINITY : now() + maxAge
        held.set(name, { value: rawValue(line), goneAt })
      }
    },
    forget: (name) => void held.delete(name),
    reader() {
      const response = new NextResponse()
      for (const [name, { value }] of live()) response.headers.append("set-cookie", `${name}=${value}`)
      return new NextResponse(null, response).cookies
    },
  }
}

/** The value as it stands in the header. */
export function rawValue(setCookie: string): string {
  const [pair = ""] = setCookie.split(";")
  return pair.slice(pair.indexOf("=") + 1)
}

export function parseSetCookie(setCookie: string): SetCookie {
  const [cookie] = new NextResponse(null, { headers: { "set-cookie": setCookie } }).cookies.getAll()
  const { name = "", value = "", maxAge, expires, httpOnly, secure, sameSite, path } = cookie ?? {}
  return {
    name,
    value,
    maxAge: maxAge ?? secondsUntil(expires),
    httpOnly: httpOnly ?? false,
    secure: secure ?? false,
    sameSite: typeof sameSite === "string" ? sameSite : undefined,
    path: path ?? "/",
  }
}

function secondsUntil(expires: Date | number | undefined): number | undefined {
  if (expires === undefined) return undefined
  return Math.max(0, Math.ceil((Number(expires) - Date.now()) / 1000))
}

/** Of several with one name a browser keeps the last. */
export function lastOfEach(setCookies: readonly string[]): string[] {
  return [...new Map(setCookies.map((line) => [line.slice(0, line.indexOf("=")), line])).values()]
}
