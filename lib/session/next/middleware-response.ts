import { NextRequest, NextResponse } from "next/server"
import type { CookieWrite } from "./cookies"
import { SAFE_METHODS } from "./cross-site"
import {
  ACTION_HEADER,
  ACTION_REDIRECT_HEADER,
  ARRIVED_HEADER,
  joinIds,
  MIDDLEWARE_HEADERS,
  splitIds,
} from "./headers"
import { NO_STORE } from "./no-store"

/**
 * A guard that flashes "please sign in" and redirects must do so for a person, not for a prefetch,
 * and Next hides from middleware which of the two an RSC request is. An answer that is no RSC payload
 * makes a prefetch come to nothing, and a click load the document, where the guard runs again. It has to
 * have a body: under `cacheComponents` Next's router fails on a status without one, such as 204.
 */
export function askForDocument(): Response {
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": NO_STORE }
  return new NextResponse("Please load this page as a document.", { status: 202, headers })
}

/** A document fetched ahead that would hold a message: browsers do not use one with this status. */
export function notAhead(): Response {
  return new NextResponse(null, { status: 503, headers: { "cache-control": NO_STORE } })
}

/**
 * A guard's redirect for a request that posts. As it is, 307, it would post the form to the sign-in
 * page; and Next's router, which called an action, expects to be told of a redirect by a header.
 */
export function redirectOnce(request: NextRequest, response: NextResponse): NextResponse {
  if (SAFE_METHODS.includes(request.method)) return response
  const location = response.headers.get("location") ?? ""
  const headers = new Headers(response.headers)
  const isAction = request.headers.has(ACTION_HEADER)
  if (isAction) {
    headers.delete("location")
    headers.set(ACTION_REDIRECT_HEADER, `${location};push`)
  }
  return new NextResponse(null, { status: isAction ? 200 : 303, headers })
}

/** What a person sees when middleware needs the session and the store cannot answer. */
export function tryAgainLater(): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Please try again</title>
<h1>Please try again</h1><p>This site cannot reach its sessions right now. Nothing was changed, and you are not signed out.</p>`
  return new NextResponse(html, {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "retry-after": "2",
      "cache-control": NO_STORE,
    },
  })
}

export function toNextResponse(response: Response | null | undefined | void): NextResponse {
  if (!response) return NextResponse.next()
  return response instanceof NextResponse ? response : new NextResponse(response.body, response)
}

/**
 * Removes what only this middleware says from a request's headers.
 *
 * @returns whether there was any
 */
export function takeOutOwnHeaders(headers: Headers): boolean {
  const sent = MIDDLEWARE_HEADERS.filter((name) => headers.has(name))
  for (const name of sent) headers.delete(name)
  return sent.length > 0
}

/**
 * Sets the headers the page sees, keeping those the application's middleware set.
 *
 * @param told what the page is told of its request
 * @param arrived ids of the deliveries it shows, besides those another session's middleware named
 * @param cookies set by this very response: the page's own writes go on from there
 *   (vercel/next.js#49442: a route handler sees the request's cookies only)
 */
export function setRequestHeaders(
  request: NextRequest,
  response: NextResponse,
  told: Record<string, string>,
  arrived: readonly string[],
  cookies: readonly CookieWrite[],
): void {
  const passed = new NextRequest(request.url, { headers: passedHeaders(request, response) })
  const { headers } = passed
  for (const [name, value] of Object.entries(told)) headers.set(name, value)
  headers.set(ARRIVED_HEADER, joinIds([...splitIds(headers.get(ARRIVED_HEADER)), ...arrived]))
  for (const { name, value, maxAge } of cookies) {
    if (maxAge > 0) passed.cookies.set(name, value)
    else passed.cookies.delete(name)
  }
  for (const [name, value] of NextResponse.next({ request: { headers } }).headers) {
    if (name !== "x-middleware-next") response.headers.set(name, value)
  }
}

/** The request's headers as the application's middleware passes them on. */
export function passedHeaders(
  request: Pick<NextRequest, "headers">,
  response: Pick<Response, "headers">,
): Headers {
  const headers = new Headers(request.headers)
  const overridden = response.headers.get("x-middleware-override-headers")
  if (overridden === null) return headers
  for (const name of request.headers.keys()) headers.delete(name)
  for (const name of overridden.split(",")) {
    const value = response.headers.get(`x-middleware-request-${name}`)
    if (value !== null) headers.set(name, value)
  }
  return headers
}
