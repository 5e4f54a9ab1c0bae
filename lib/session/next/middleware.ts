import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server"
import type { Awaitable } from "../core/awaitable.ts"
import { CLAIM_SETTLES_SECONDS } from "../core/claim.ts"
import { arrivesAt, isAskedFor, type DeliveryToken } from "../core/delivery-token.ts"
import { SessionError } from "../core/errors.ts"
import { ANYWHERE } from "../core/flash.ts"
import type { JsonObject } from "../core/json.ts"
import { tokenSeconds, touchIsDue } from "../core/lifetime.ts"
import { withoutTrailingSlash } from "../core/path.ts"
import type { SessionActor } from "../core/actor.ts"
import type { Session } from "../core/session.ts"
import { commitSession } from "./commit.ts"
import type { Config } from "./config.ts"
import { isHttps, tokenCookie, type CookieWrite } from "./cookies.ts"
import {
  ACTION_REDIRECT_HEADER,
  ARRIVED_HEADER,
  BASE_PATH_HEADER,
  joinArrived,
  METHOD_HEADER,
  PAGE_HEADER,
  TAKE_HEADER,
} from "./headers.ts"
import {
  askForDocument,
  redirectOnce,
  rendersPage,
  setRequestHeaders,
  toNextResponse,
  tryAgainLater,
} from "./middleware-response.ts"
import { isDocumentNavigation } from "./navigation.ts"
import { pageAt } from "./page.ts"
import { openSession, readRequestCookies, type RequestCookies } from "./open.ts"
import { browserHost, redirectPath, refererAddress } from "./site.ts"
import { trace } from "./report.ts"
import { takeFlash } from "./take.ts"
import { warnOfPlainHttp } from "./warnings.ts"

/** An application's own middleware. */
export type Middleware = (
  request: NextRequest,
  event: NextFetchEvent,
) => Response | undefined | void | Promise<Response | undefined | void>

interface OpenRequest {
  readonly cookies: RequestCookies
  /** Undefined while nobody asked for the session. */
  actor: Awaitable<SessionActor> | undefined
}

const openRequests = new WeakMap<NextRequest, OpenRequest>()

/** Runs `callback` with the session of a request that passes through `sessionMiddleware`. */
export async function runInMiddleware<Result>(
  config: Config,
  request: NextRequest,
  callback: (session: Session<JsonObject, JsonObject>) => Result | Promise<Result>,
): Promise<Result> {
  const open = openRequests.get(request)
  if (open === undefined) {
    throw new SessionError(
      "SESSION_MIDDLEWARE_NOT_COMPOSED",
      `withSession(request, …) was called for a request that sessionMiddleware does not know. ` +
        `Wrap your middleware: export default sessionMiddleware(async (request) => { … }).`,
    )
  }
  return callback((await openActor(config, open)).session)
}

/**
 * Runs the application's middleware, then delivers flash, commits what it wrote and renews the idle
 * lifetime. When the store cannot answer, the request ends here, with nothing written and no cookie.
 */
export function runMiddleware(
  config: Config,
  request: NextRequest,
  event: NextFetchEvent,
  middleware: Middleware | undefined,
): Promise<Response> {
  return run(config, request, event, middleware).catch((error: unknown) => {
    if (!isStoreTrouble(error)) throw error
    console.error(error)
    return tryAgainLater()
  })
}

async function run(
  config: Config,
  request: NextRequest,
  event: NextFetchEvent,
  middleware: Middleware | undefined,
): Promise<Response> {
  const https = isHttps(request.headers)
  const open: OpenRequest = {
    cookies: readRequestCookies(request.cookies, https, config, request.headers),
    actor: undefined,
  }
  if (request.method === "POST" && request.headers.has(TAKE_HEADER)) {
    return takeFlash(config, request.headers, open.cookies)
  }
  if (middleware === undefined && passesUntouched(config, request, open.cookies)) {
    trace("middleware", () => ({ method: request.method, path: request.nextUrl.pathname, passes: true }))
    return NextResponse.next()
  }

  openRequests.set(request, open)
  const response = toNextResponse(await middleware?.(request, event))
  const { pathname, search, basePath } = request.nextUrl
  const site = { hosts: [browserHost(request.headers), request.nextUrl.host], basePath }
  const path = withoutTrailingSlash(pathname)
  const isPerson = isDocumentNavigation(request.method, request.headers)
  const location = response.headers.get("location")
  const refererPath = () => pageAt(refererAddress(request.headers, site)).path

  const wrote = (await open.actor)?.hasChanged() ?? false
  if (location !== null && wrote && request.method === "GET" && !isPerson) return askForDocument()

  const to = location === null ? path : redirectPath(location, site, path)
  const writes: CookieWrite[] = []
  const commit = async () => {
    const actor = await openActor(config, open)
    const result = await commitSession(config, actor, open.cookies, { kind: "redirect", to }, refererPath())
    writes.push(...result.cookies)
  }
  if (wrote) await commit()
  else if (touchIsDueFor(config, request, open.cookies, isPerson)) {
    // Renewing can wait for the next request; this one may not even need the session.
    await commit().catch((error: unknown) => {
      if (!isStoreTrouble(error)) throw error
    })
  }

  const { tokens } = open.cookies
  const arriving = tokens.filter((token) =>
    isPerson ? arrivesAt(token, path, refererPath()) : request.method === "GET" && isAskedFor(token, path),
  )
  if (location !== null) {
    // The target sends the person on: what waited for it waits where they are sent.
    for (const token of arriving) writes.push(waiting(config, { ...token, to }, https))
  } else if (rendersPage(response)) {
    const isPrerendered = config.isPrerendered(path)
    for (const token of arriving) {
      // Only client code can show it there; where there is none, it waits for whichever page is next.
      if (isPrerendered) writes.push(waiting(config, { ...token, to: ANYWHERE }, https))
      else writes.push(tokenCookie({ ...token, takenBy: path }, CLAIM_SETTLES_SECONDS, https))
    }
    if (arriving.length > 0 || needsHeaders(request)) {
      setRequestHeaders(request, response, {
        [PAGE_HEADER]: pathname + search,
        [BASE_PATH_HEADER]: basePath,
        [METHOD_HEADER]: request.method,
        [ARRIVED_HEADER]: isPrerendered ? "" : joinArrived(arriving),
      })
    }
  }
  trace("middleware", () => ({
    method: request.method,
    path,
    isPerson,
    arriving: arriving.length,
    redirects: location !== null,
  }))
  if (writes.length > 0) {
    warnOfPlainHttp(request.headers, https)
    response.headers.set("cache-control", "private, no-store")
  }
  const answer = location !== null && wrote ? redirectOnce(request, response, location) : response
  for (const write of writes) answer.cookies.set(write)
  return answer
}

/** Most requests: somebody reads a page, no message waits, and the session need not be renewed. */
function passesUntouched(config: Config, request: NextRequest, cookies: RequestCookies): boolean {
  return (
    cookies.tokens.length === 0 && !needsHeaders(request) && !touchIsDueFor(config, request, cookies, true)
  )
}

/**
 * Whether the page has to be told more than which messages arrive. Passing headers on costs Next a copy
 * of them all, so a page that needs none gets none.
 */
function needsHeaders({ method, nextUrl }: NextRequest): boolean {
  return method !== "GET" || nextUrl.basePath !== "" || process.env.NODE_ENV === "development"
}

function waiting(config: Config, token: DeliveryToken, https: boolean): CookieWrite {
  return tokenCookie({ ...token, takenBy: "" }, tokenSeconds(config.lifetimes), https)
}

/** The store could not answer, or the session ended under way: not the fault of this request. */
function isStoreTrouble(error: unknown): boolean {
  return (
    error instanceof SessionError &&
    (error.code === "SESSION_STORE_UNAVAILABLE" || error.code === "SESSION_GONE")
  )
}

function openActor(config: Config, open: OpenRequest): Awaitable<SessionActor> {
  return (open.actor ??= openSession(config, open.cookies, [], () => {}))
}

/**
 * Documents renew the idle lifetime as soon as it is due. Other reads only when half of it is gone: a
 * prefetch under way while an action commits would send the state from before it.
 */
function touchIsDueFor(
  config: Config,
  request: NextRequest,
  { writtenAt }: RequestCookies,
  isPerson: boolean,
): boolean {
  if (writtenAt === undefined || request.method !== "GET") return false
  // The request by which an action renders its redirect's target cannot set cookies.
  if (request.headers.has(ACTION_REDIRECT_HEADER)) return false
  const now = config.now()
  return isPerson
    ? touchIsDue(writtenAt, now, config.lifetimes)
    : now - writtenAt >= config.lifetimes.idleSeconds / 2
}
