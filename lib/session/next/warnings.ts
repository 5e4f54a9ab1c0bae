import type { SessionActor } from "../core/actor"
import { afterResponse } from "./after-response"
import { PAGE_HEADER } from "./headers"
import { warnInDevelopment, warnOnce } from "./report"
import { browserHost } from "./site"

/** Notes that the response was sent, and warns when a callback still runs then: what it writes is lost. */
export function warnIfNotAwaited(request: {
  isAnswered: boolean
  readonly open: ReadonlySet<unknown>
}): void {
  afterResponse(() => {
    request.isAnswered = true
    if (request.open.size === 0) return
    warnOnce(
      "SESSION_NOT_AWAITED",
      `A withSession() callback was still running when the response had been sent, so it can set no ` +
        `cookie and what it writes may be lost. Await it, or return it.`,
    )
  })
}

/** Warns of a write through a session whose callback has ended: no commit follows. */
export function warnOfLateWrite(): void {
  warnOnce(
    "SESSION_NOT_COMMITTED",
    `Something wrote to a session after its withSession() callback had ended, so nothing will persist it. ` +
      `Await what the callback starts, or call withSession() again.`,
  )
}

/** Warns when a flash was left to the page of this response, and the response rendered none. */
export function warnIfNotShown(request: { readonly asked: number; readonly actor: SessionActor }): void {
  const askedBefore = request.asked
  afterResponse(() => {
    if (request.asked > askedBefore || request.actor.state().flash.inPlace.size === 0) return
    warnOnce(
      "SESSION_FLASH_NOT_SHOWN",
      `A message was flashed by an action whose response rendered no page that shows it, so it is ` +
        `lost. Call redirect() inside the withSession() callback, or put <FlashMessages /> on the page.`,
    )
  })
}

/** Warns that a page or an action runs where the session's middleware did not. */
export function warnIfWithoutMiddleware(headers: Headers): void {
  if (headers.has(PAGE_HEADER)) return
  warnInDevelopment(
    "SESSION_MIDDLEWARE_MISSING",
    `The session's middleware did not run for this page, so messages are not delivered and back() does ` +
      `not know the page. Add middleware.ts (README), and let its matcher include every page.`,
  )
}

/** Warns, once, that a production site is reached without https: anybody on the way can take the cookie. */
export function warnOfPlainHttp(headers: Headers, https: boolean): void {
  if (https || process.env.NODE_ENV !== "production") return
  const host = browserHost(headers).replace(/:\d+$/, "")
  if (["localhost", "127.0.0.1", "[::1]", ""].includes(host)) return
  warnOnce(
    "SESSION_PLAIN_HTTP",
    `The site is reached over plain http, so the session cookie is not Secure. Serve it over https, or, ` +
      `behind a proxy that does, have the proxy send x-forwarded-proto.`,
  )
}
