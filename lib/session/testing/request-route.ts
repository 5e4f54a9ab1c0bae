import { NextRequest } from "next/server"
import { readNextSignal } from "../next/signals"
import type { RouteAnswer } from "./answer"
import { completedHeaders } from "./browser-requests"
import { openScope } from "./in-next"
import { lastOfEach } from "./jar"
import { misused } from "./misused"
import { readAnswer } from "./read-answer"
import { browserOf, type Tab } from "./tab"
import { locationOf, throughMiddleware } from "./through-middleware"

type AnyHandler = (request: NextRequest, context: never) => unknown

/** Sends a request through middleware and runs a route handler as Next's server does. */
export async function requestRoute(
  tab: Tab,
  handler: AnyHandler,
  asked: Request | string,
  context: unknown,
): Promise<RouteAnswer<object, object>> {
  const given = asRequest(tab, handler, asked)
  const headers = completedHeaders(browserOf(tab), given)
  const { url, method } = given
  const passed = await throughMiddleware(tab.middleware, { url, method, headers })
  tab.jar.take(passed.setCookies)
  if (passed.answer !== undefined) return answer(tab, passed.answer, passed.setCookies)

  const request = new NextRequest(given, { headers: passed.headers })
  const scope = openScope(tab.next, request, "route")
  const made = await scope
    .runRoute(() => responseOf(handler, request, context))
    // Cookies that are set while the response streams come too late.
    .then(({ response, carriesCookies }) => ({
      response,
      own: carriesCookies ? [...scope.setCookies, ...response.headers.getSetCookie()] : [],
    }))
    .finally(() => scope.close())
  const setCookies = lastOfEach([...passed.setCookies, ...made.own])
  tab.jar.take(setCookies)
  return answer(tab, made.response, setCookies)
}

function asRequest({ origin }: Tab, handler: unknown, asked: unknown): Request {
  if (typeof handler !== "function") {
    throw misused(`visitor.request() takes a route handler and a request: visitor.request(POST, request).`)
  }
  const request = asked instanceof Request ? asked : new Request(new URL(String(asked), origin))
  if (new URL(request.url).origin === origin) return request
  throw misused(
    `visitor.request() was given a request to another host than the visitor's, ${origin}: its cookies would ` +
      `not go there. Ask for a path, or pass createVisitor(kit, { baseURL }).`,
  )
}

interface Made {
  readonly response: Response
  readonly carriesCookies: boolean
}

/** Next answers what a route handler throws by itself (`handleHandlerError` in its route-modules/app-route). */
async function responseOf(handler: AnyHandler, request: NextRequest, context: unknown): Promise<Made> {
  try {
    const response = await handler(request, context as never)
    if (response instanceof Response) return { response, carriesCookies: true }
  } catch (thrown) {
    const signal = readNextSignal(thrown)
    if (signal === undefined) throw thrown
    const { status } = signal
    if (signal.kind === "http-error") {
      return { response: new Response(null, { status }), carriesCookies: false }
    }
    const headers = { location: signal.url }
    return { response: new Response(null, { status, headers }), carriesCookies: true }
  }
  throw misused(
    `visitor.request() ran a function that answered no Response, which Next refuses from a route handler. An ` +
      `action runs by visitor.call(action, formData).`,
  )
}

async function answer(
  tab: Tab,
  response: Response,
  setCookies: readonly string[],
): Promise<RouteAnswer<object, object>> {
  const { status } = response
  const ending = { status, redirectedTo: locationOf(response), redirectType: undefined }
  return { ...(await readAnswer(tab, ending, setCookies)), response }
}
