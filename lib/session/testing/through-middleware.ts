import { NextRequest, type NextFetchEvent } from "next/server"
import { ACTION_REDIRECT_HEADER } from "../next/headers"
import { passedHeaders } from "../next/middleware-response"

/** The default export of an application's `middleware.ts` or `proxy.ts`. */
export type AppMiddleware = (request: NextRequest, event: NextFetchEvent) => Promise<Response>

/** What middleware made of a request. */
export interface Passed {
  /** The request's headers as the page, action or route handler sees them. */
  readonly headers: Headers
  readonly setCookies: readonly string[]
  /** Its answer, when the request goes no further. */
  readonly answer: Response | undefined
}

/** Sends a request through middleware as Next does: what it sets on the request comes back in headers. */
export async function throughMiddleware(
  middleware: AppMiddleware,
  request: { readonly url: string; readonly method: string; readonly headers: Headers },
): Promise<Passed> {
  const { url, method, headers } = request
  const passing = new NextRequest(url, { method, headers })
  const background: Promise<unknown>[] = []
  const event = { waitUntil: (promise: Promise<unknown>) => void background.push(promise) }
  const response = await middleware(passing, event as unknown as NextFetchEvent)
  await Promise.allSettled(background)
  const goesOn = response.headers.has("x-middleware-next") || response.headers.has("x-middleware-rewrite")
  return {
    headers: passedHeaders(passing, response),
    setCookies: response.headers.getSetCookie(),
    answer: goesOn ? undefined : response,
  }
}

/** Where an answer of middleware or of a route handler leads. */
export function locationOf({ headers }: Response): string | undefined {
  const toRouter = headers.get(ACTION_REDIRECT_HEADER)
  return headers.get("location") ?? toRouter?.slice(0, toRouter.lastIndexOf(";"))
}
