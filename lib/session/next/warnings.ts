import { after } from "next/server"
import { SessionError } from "../core/errors.ts"
import type { RequestSession } from "./request.ts"
import { browserHost } from "./site.ts"

/** Warns when a `withSession` callback still runs after the response: what it writes is lost. */
export function warnIfNotAwaited(request: RequestSession): void {
  after(() => {
    if (request.running === 0) return
    const warning = new SessionError(
      "SESSION_NOT_AWAITED",
      `A withSession() callback was still running when the response had been sent, so it can set no ` +
        `cookie and what it writes may be lost. Await it, or return it.`,
    )
    console.warn(warning.message)
  })
}

/** Warns when a flash was left to the page of this response, and the response rendered none. */
export function warnIfNotShown(request: RequestSession): void {
  const askedBefore = request.asked
  after(() => {
    if (request.asked > askedBefore || request.actor.state().here.size === 0) return
    const warning = new SessionError(
      "SESSION_FLASH_NOT_SHOWN",
      `A message was flashed by an action whose response rendered no page that shows it, so it is ` +
        `lost. Call redirect() inside the withSession() callback, or put <FlashMessages /> on the page.`,
    )
    console.warn(warning.message)
  })
}

let warnedOfPlainHttp = false

/** Warns, once, that a production site is reached without https: anybody on the way can take the cookie. */
export function warnOfPlainHttp(headers: Headers, https: boolean): void {
  if (https || warnedOfPlainHttp || process.env.NODE_ENV !== "production") return
  const host = browserHost(headers).replace(/:\d+$/, "")
  if (["localhost", "127.0.0.1", "[::1]", ""].includes(host)) return
  warnedOfPlainHttp = true
  console.warn(
    `[session] "${host}" is reached over plain http, so the session cookie is not Secure. Serve it over ` +
      `https, or, behind a proxy that does, have the proxy send x-forwarded-proto. (SESSION_PLAIN_HTTP)`,
  )
}
