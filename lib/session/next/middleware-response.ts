import { NextResponse, type NextRequest } from "next/server"
import { ACTION_HEADER, ACTION_REDIRECT_HEADER } from "./headers.ts"

/**
 * A guard that flashes "please sign in" and redirects must do so for a person, not for a prefetch,
 * and Next hides from middleware which of the two an RSC request is. An answer that is no RSC payload
 * makes a prefetch come to nothing, and a click load the document, where the guard runs again.
 */
export function askForDocument(): Response {
  return new NextResponse(null, { status: 204, headers: { "cache-control": "private, no-store" } })
}

/**
 * A guard's redirect for a request that posts. As it is, 307, it would post the form to the sign-in
 * page; and Next's router, which called an action, expects to be told of a redirect by a header.
 */
export function redirectOnce(request: NextRequest, response: NextResponse, location: string): NextResponse {
  if (request.method === "GET" || request.method === "HEAD") return response
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
      "cache-control": "private, no-store",
    },
  })
}

export function toNextResponse(response: Response | undefined | void): NextResponse {
  if (!response) return NextResponse.next()
  return response instanceof NextResponse ? response : new NextResponse(response.body, response)
}

export function rendersPage(response: Response): boolean {
  return response.headers.has("x-middleware-next") || response.headers.has("x-middleware-rewrite")
}

/** Adds to the headers the page sees, keeping those the application's middleware set. */
export function setRequestHeaders(
  request: NextRequest,
  response: NextResponse,
  added: Record<string, string>,
): void {
  const headers = new Headers(request.headers)
  const overridden = response.headers.get("x-middleware-override-headers")
  if (overridden !== null) {
    for (const name of request.headers.keys()) headers.delete(name)
    for (const name of overridden.split(",")) {
      const value = response.headers.get(`x-middleware-request-${name}`)
      if (value !== null) headers.set(name, value)
    }
  }
  for (const [name, value] of Object.entries(added)) headers.set(name, value)
  for (const [name, value] of NextResponse.next({ request: { headers } }).headers) {
    if (name !== "x-middleware-next") response.headers.set(name, value)
  }
}
