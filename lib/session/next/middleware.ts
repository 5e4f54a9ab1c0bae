import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server"
import type { Awaitable } from "../core/awaitable"
import { SessionError } from "../core/errors"
import type { JsonObject } from "../core/json"
import { touchIsDue } from "../core/lifetime"
import type { SessionActor } from "../core/actor"
import type { Session } from "../core/session"
import { arrivals } from "./arrivals"
import { isAhead, isProbe } from "./asker"
import { commitSession } from "./commit-session"
import type { Config } from "./config"
import { isHttps, type CookieWrite } from "./cookies"
import { ACTION_REDIRECT_HEADER, BASE_PATH_HEADER, METHOD_HEADER, PAGE_HEADER } from "./headers"
import {
  askForDocument,
  notAhead,
  redirectOnce,
  setRequestHeaders,
  takeOutOwnHeaders,
  toNextResponse,
  tryAgainLater,
} from "./middleware-response"
import { NO_STORE } from "./no-store"
import { openSession, readRequestCookies, type RequestCookies } from "./open-session"
import { passageOf, type Passage } from "./passage"
import { inMiddleware } from "./scope"
import { trace } from "./report"
import { answerTake, isTake } from "./answer-take"
import { warnOfPlainHttp } from "./warnings"

/** An application's own middleware; whatever Next's own type `NextMiddleware` allows is one. */
export type Middleware = (
  request: NextRequest,
  event: NextFetchEvent,
) => Awaitable<Response | null | undefined | void>

/** Your root middleware, or, given a middleware of yours, the two as one. */
export interface SessionMiddleware {
  (request: NextRequest, event: NextFetchEvent): Promise<Response>
  (middleware: Middleware): (request: NextRequest, event: NextFetchEvent) => Promise<Response>
}

/** @param config whose session it is */
export function createMiddleware(config: Config): SessionMiddleware {
  function sessionMiddleware(first: NextRequest | Middleware, event?: NextFetchEvent) {
    if (typeof first !== "function") return runMiddleware(config, first, event as NextFetchEvent, undefined)
    return (request: NextRequest, fetchEvent: NextFetchEvent) =>
      runMiddleware(config, request, fetchEvent, first)
  }
  return sessionMiddleware as SessionMiddleware
}

interface OpenRequest {
  readonly cookies: RequestCookies
  /** Undefined while nobody asked for the session. */
  actor: Promise<SessionActor> | undefined
}

/** By cookie name, for an application that has two. */
const openRequests = new WeakMap<NextRequest, Map<string, OpenRequest>>()

/** Runs `callback` with the session of a request that passes through `sessionMiddleware`. */
export async function runInMiddleware<Result>(
  config: Config,
  request: NextRequest,
  callback: (session: Session<JsonObject, JsonObject>) => Result | Promise<Result>,
): Promise<Result> {
  const open = openRequests.get(request)?.get(config.cookieName)
  if (open === undefined) {
    throw new SessionError(
      "SESSION_MIDDLEWARE_NOT_COMPOSED",
      `withSession(request, …) was called for a request that sessionMiddleware does not know. In middleware, ` +
        `wrap yours: export default sessionMiddleware(async (request) => { … }). In an action or a route ` +
        `handler, call withSession(…) without the request.`,
    )
  }
  return callback((await openActor(config, open)).session)
}

/**
 * Runs the application's middleware, then delivers flash, commits what it wrote and renews the idle
 * lifetime. When the store cannot answer, the request ends here, with nothing written and no cookie.
 */
function runMiddleware(
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
  const isClean = !takeOutOwnHeaders(request.headers)
  const open: OpenRequest = {
    cookies: readRequestCookies(request.cookies, https, config, request),
    actor: undefined,
  }
  if (isTake(config, request)) return answerTake(config, request.headers, open.cookies)
  if (middleware === undefined && isClean && passesUntouched(config, request, open.cookies)) {
    trace("middleware", () => ({ method: request.method, path: request.nextUrl.pathname, passes: true }))
    return NextResponse.next()
  }

  remember(config, request, open)
  const response = toNextResponse(await inMiddleware(async () => middleware?.(request, event)))
  const passage = passageOf(request, response)
  const actor = await open.actor
  const wrote = actor?.hasChanged() ?? false
  // What came with a message is for a person, and who asks here is not one yet.
  const isEarly = wrote && passage.redirects && passage.asker === "page"
  if (isEarly && isAhead(request.headers)) return notAhead()
  if (isEarly && mayBeRouter(request.headers)) return askForDocument()

  const isWritten = wrote && !isEarly && mayWrite(request, open.cookies, passage, actor)
  // What is not to be kept must not go along when the session is renewed.
  const kept = wrote && !isWritten ? { cookies: open.cookies, actor: undefined } : open
  const changes = isWritten
    ? await commit(config, open, passage)
    : await touch(config, request, kept, passage)
  const { ids, writes } = arrivals(config, passage, open.cookies.tokens, https)
  if (passage.renders && (changes.length > 0 || ids.length > 0 || !isClean || needsHeaders(request))) {
    setRequestHeaders(request, response, toldOf(request, passage), ids, changes)
  }
  trace("middleware", () => ({
    method: request.method,
    path: passage.path,
    asker: passage.asker,
    arriving: ids.length,
    redirects: passage.redirects,
  }))
  const answer = passage.redirects && wrote ? redirectOnce(request, response) : response
  return withCookies(answer, request, [...changes, ...writes], https)
}

/** What the page is told of its request. */
function toldOf({ method }: NextRequest, { address, site }: Passage): Record<string, string> {
  return { [PAGE_HEADER]: address, [BASE_PATH_HEADER]: site.basePath, [METHOD_HEADER]: method }
}

function withCookies(
  answer: NextResponse,
  request: NextRequest,
  writes: readonly CookieWrite[],
  https: boolean,
): NextResponse {
  if (writes.length === 0) return answer
  warnOfPlainHttp(request.headers, https)
  answer.headers.set("cache-control", NO_STORE)
  for (const write of writes) answer.cookies.set(write)
  return answer
}

function remember({ cookieName }: Config, request: NextRequest, open: OpenRequest): void {
  openRequests.set(request, new Map([...(openRequests.get(request) ?? []), [cookieName, open]]))
}

/**
 * Whether what the application's middleware wrote is kept. Monitors, crawlers and frames that load by
 * themselves begin no session and are left no message; nor does a post that had to come without its cookie
 * replace one.
 */
function mayWrite(
  { method, headers }: NextRequest,
  { isWithheld }: RequestCookies,
  { asker, redirects }: Passage,
  actor: SessionActor | undefined,
): boolean {
  const hasSession = actor?.state().storedId !== undefined
  if (isProbe(method, headers, !hasSession)) return false
  if (method !== "GET") return !isWithheld
  return asker !== "nobody" || (hasSession && !redirects)
}

async function commit(
  config: Config,
  open: OpenRequest,
  { to, refererPath }: Passage,
): Promise<CookieWrite[]> {
  const actor = await openActor(config, open)
  const { cookies } = await commitSession(config, actor, open.cookies, {
    outcome: { kind: "redirect", to },
    from: refererPath(),
    cookies: { reach: "browser" },
  })
  return [...cookies]
}

/** Renews the idle lifetime when that is due. It can wait for the next request if the store cannot answer. */
async function touch(
  config: Config,
  request: NextRequest,
  open: OpenRequest,
  passage: Passage,
): Promise<CookieWrite[]> {
  if (!touchIsDueFor(config, request, open.cookies, passage.asker === "person")) return []
  return commit(config, open, passage).catch((error: unknown) => {
    if (!isStoreTrouble(error)) throw error
    return []
  })
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
function needsHeaders({ method, nextUrl, headers }: NextRequest): boolean {
  // Without being told, a request that says how long its body is would be taken for a post.
  const mayPost = method !== "GET" || headers.has("content-length") || headers.has("transfer-encoding")
  return mayPost || nextUrl.basePath !== "" || process.env.NODE_ENV === "development"
}

/** Next's router accepts anything, or, for an action, what React streams; code that wants JSON says so. */
function mayBeRouter(headers: Headers): boolean {
  return ["*/*", "text/x-component"].includes(headers.get("accept") ?? "*/*")
}

/** The store could not answer, or another request came first: not the fault of this one. */
function isStoreTrouble(error: unknown): boolean {
  return error instanceof SessionError && STORE_TROUBLE.includes(error.code)
}

const STORE_TROUBLE = ["SESSION_STORE_UNAVAILABLE", "SESSION_GONE", "SESSION_ALREADY_PULLED"]

function openActor(config: Config, open: OpenRequest): Promise<SessionActor> {
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
