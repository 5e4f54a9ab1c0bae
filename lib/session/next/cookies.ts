import { parseToken, tokenValue, type DeliveryToken } from "../core/delivery-token"
import { MAX_TOKENS } from "../core/limits"

/** A cookie to be set; `maxAge` 0 removes it. */
export interface CookieWrite {
  readonly name: string
  readonly value: string
  readonly httpOnly: boolean
  readonly secure: boolean
  readonly sameSite: "lax"
  readonly path: "/"
  /** Seconds. */
  readonly maxAge: number
}

/** What `cookies()` and `request.cookies` have in common. */
export interface CookieReader {
  get(name: string): { readonly value: string } | undefined
  getAll(): readonly { readonly name: string; readonly value: string }[]
}

/** Whether the browser's side of the connection is https. Next fills the header in when no proxy did. */
export function isHttps(headers: Headers): boolean {
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase() === "https"
}

/**
 * The session cookie's name: with the `__Host-` prefix wherever Secure is possible, and then only
 * that one is read, so that a subdomain or plain http cannot plant a session (ASVS 3.3.3).
 */
export function sessionCookieName(name: string, https: boolean): string {
  return https ? `__Host-${name}` : name
}

export interface SessionCookieOptions {
  /** As `setup` has it, without `__Host-`. */
  readonly name: string
  /** The packed value. */
  readonly value: string
  /** Seconds. */
  readonly maxAge: number
  readonly https: boolean
}

export function sessionCookie({ name, value, maxAge, https }: SessionCookieOptions): CookieWrite {
  return {
    name: sessionCookieName(name, https),
    value,
    httpOnly: true,
    secure: https,
    sameSite: "lax",
    path: "/",
    maxAge,
  }
}

/** Readable by client code, which clears it once the flash is on screen. */
export function tokenCookie(token: DeliveryToken, maxAge: number, https: boolean): CookieWrite {
  return {
    name: token.name,
    value: tokenValue(token),
    httpOnly: false,
    secure: https,
    sameSite: "lax",
    path: "/",
    maxAge,
  }
}

export function removed(cookie: CookieWrite): CookieWrite {
  return { ...cookie, value: "", maxAge: 0 }
}

/** @param prefix of this session's tokens (`tokenPrefix`) */
export function readTokens(cookies: CookieReader, prefix: string): DeliveryToken[] {
  const tokens = cookies.getAll().flatMap(({ name, value }) => parseToken(name, value, prefix) ?? [])
  return tokens.slice(-MAX_TOKENS)
}

/** Any date: all are as long. */
const EXPIRES = new Date(0).toUTCString()

/** Bytes of the whole `Set-Cookie` value, as Next serialises it. A response of Next's own takes as long as a seal. */
export function cookieBytes(cookie: CookieWrite): number {
  const { name, value, path, maxAge, secure, httpOnly, sameSite } = cookie
  const expires = maxAge === 0 ? "" : `; Expires=${EXPIRES}`
  const flags = `${secure ? "; Secure" : ""}${httpOnly ? "; HttpOnly" : ""}`
  const attributes = `; Path=${path}${expires}; Max-Age=${maxAge}${flags}; SameSite=${sameSite}`
  // Percent-encoding leaves nothing that is longer as bytes.
  return name.length + 1 + encodeURIComponent(value).length + attributes.length
}

/**
 * The value of the session cookie: when it was written, then the store's value. The time is in
 * clear so that middleware can tell whether an idle touch is due without opening anything; forging
 * it only makes us look.
 */
export function packCookieValue(writtenAt: number, value: string): string {
  return `${writtenAt.toString(36)}.${value}`
}

export function unpackCookieValue(packed: string): { writtenAt: number; value: string } | undefined {
  const match = /^([0-9a-z]{1,8})\.(.+)$/.exec(packed)
  return match?.[1] && match[2] ? { writtenAt: Number.parseInt(match[1], 36), value: match[2] } : undefined
}
