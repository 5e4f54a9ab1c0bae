import { cookies, headers } from "next/headers"
import { isThenable } from "../core/awaitable.ts"
import type { FlashClaim } from "../core/claim.ts"
import { cameFrom } from "../core/delivery-token.ts"
import { SessionError } from "../core/errors.ts"
import { normalizePath } from "../core/path.ts"
import type { SessionActor } from "../core/actor.ts"
import type { Config } from "./config.ts"
import { isHttps } from "./cookies.ts"
import { ACTION_FORWARDED_HEADER, ACTION_REDIRECT_HEADER, ARRIVED_HEADER, splitArrived } from "./headers.ts"
import { openSession, readRequestCookies, type RequestCookies } from "./open.ts"
import { pageAt } from "./page.ts"
import { readSite, refererAddress } from "./site.ts"
import { warnOfLateWrite } from "./warnings.ts"

/** One request's session, shared by everything that runs for it. */
export interface RequestSession {
  readonly headers: Headers
  readonly cookies: RequestCookies
  readonly actor: SessionActor
  /** How many `withSession` callbacks are running; the last to end commits. */
  running: number
  /** The last commit, settled or under way. */
  lastCommit: Promise<unknown>
  /** How often the session was asked for. */
  asked: number
}

const REGISTRY = Symbol.for("next-session-kit.requests")

/** By cookie name, for an application that has two. */
type RequestSessions = Map<string, Promise<RequestSession>>

/**
 * Next's modules are instantiated once per bundle, so the registry lives on `globalThis`. `headers()`
 * answers the same object throughout a request (action, re-render, layouts, route handler), which
 * `React.cache` does not span; keyed weakly by it, nothing outlives the request.
 */
function sessionsOf(requestHeaders: Headers): RequestSessions {
  const shared = globalThis as { [REGISTRY]?: WeakMap<Headers, RequestSessions> }
  const registry = (shared[REGISTRY] ??= new WeakMap())
  let sessions = registry.get(requestHeaders)
  if (sessions === undefined) {
    sessions = new Map()
    registry.set(requestHeaders, sessions)
  }
  return sessions
}

/** The session of the current request, loaded on the first call and shared by all others. */
export async function requestSession(config: Config): Promise<RequestSession> {
  const requestHeaders = await headers()
  const sessions = sessionsOf(requestHeaders)
  let opened = sessions.get(config.cookieName)
  if (opened === undefined) {
    opened = open(config, requestHeaders)
    sessions.set(config.cookieName, opened)
  }
  const session = await opened
  session.asked += 1
  return session
}

async function open(config: Config, requestHeaders: Headers): Promise<RequestSession> {
  const https = isHttps(requestHeaders)
  const requestCookies = readRequestCookies(await cookies(), https, config, requestHeaders)
  const beforeWrite = () => {
    if (requestHeaders.has(ACTION_FORWARDED_HEADER)) throw forwarded()
    if (session.running === 0) warnOfLateWrite()
  }
  const claims = claimsOf(requestHeaders, requestCookies)
  const opened = openSession(config, requestCookies, claims, beforeWrite)
  const actor = isThenable(opened) ? await opened : opened
  const session: RequestSession = {
    headers: requestHeaders,
    cookies: requestCookies,
    actor,
    running: 0,
    lastCommit: Promise.resolve(),
    asked: 0,
  }
  return session
}

/**
 * The deliveries this request shows: those middleware named for a document, or, on the request by
 * which an action renders its redirect's target, those addressed to that target. It does not matter
 * on which page that request ends: it may have been redirected again.
 */
function claimsOf(requestHeaders: Headers, { tokens }: RequestCookies): FlashClaim[] {
  if (tokens.length === 0 && !requestHeaders.has(ARRIVED_HEADER)) return []
  const actionRedirect = requestHeaders.get(ACTION_REDIRECT_HEADER)
  if (actionRedirect !== null) {
    const target = actionTarget(actionRedirect)
    return tokens
      .filter((token) => token.takenBy === "" && (token.to === target || token.to === "*"))
      .map(({ id }) => ({ id, by: "action", over: ["action"] }))
  }
  const arrived = splitArrived(requestHeaders.get(ARRIVED_HEADER))
  if (arrived.length === 0) return []
  const referer = pageAt(refererAddress(requestHeaders, readSite(requestHeaders))).path
  return arrived.map(({ id, isAsked }) => {
    // Our client code claimed it, and then left it to the page.
    if (isAsked) return { id, by: "client", over: ["action", "document", "client"] }
    const token = tokens.find((candidate) => candidate.id === id)
    // The page that wrote it loads its target as a document when the action's own render came to nothing.
    const isFallback = token !== undefined && cameFrom(token, referer)
    return { id, by: "document", over: isFallback ? ["action"] : [] }
  })
}

function actionTarget(actionRedirect: string): string | undefined {
  const url = actionRedirect.slice(0, actionRedirect.lastIndexOf(";"))
  return normalizePath(url.replace(/^https?:\/\/[^/]*/, "") || "/")
}

function forwarded(): SessionError {
  return new SessionError(
    "SESSION_ACTION_FORWARDED",
    `This action belongs to a page the person has left, and Next ran it on another worker, which ` +
      `cannot set cookies (vercel/next.js: x-action-forwarded). The session would be lost silently. ` +
      `Import the action in a component of the shared layout, or call it before navigating.`,
  )
}
