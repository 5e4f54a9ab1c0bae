import { cookies, headers } from "next/headers"
import { connection } from "next/server"
import type { FlashClaim } from "../core/claim"
import { claimInActionsRender, claimOfPage } from "../core/delivery"
import { ASKED } from "../core/delivery-token"
import { SessionError } from "../core/errors"
import { normalizePath } from "../core/path"
import type { SessionActor } from "../core/actor"
import type { Config } from "./config"
import { isHttps } from "./cookies"
import { requestMethod } from "./cross-site"
import { ACTION_FORWARDED_HEADER, ACTION_REDIRECT_HEADER, ARRIVED_HEADER, splitIds } from "./headers"
import { openSession, readRequestCookies, type RequestCookies } from "./open-session"
import { pageAt } from "./page"
import type { Scope } from "./scope"
import { readSite, refererAddress } from "./site"
import { refuseTwinInRequest } from "./twins"
import { warnOfLateWrite } from "./warnings"

/** One request's session, shared by everything that runs for it. */
export interface RequestSession {
  readonly headers: Headers
  readonly cookies: RequestCookies
  readonly actor: SessionActor
  /** The callbacks that are running. */
  readonly open: Set<Scope>
  /** Whether the response has been sent: no cookie can be set any more. */
  isAnswered: boolean
  /** Whether a commit has set cookies. */
  hasSetCookies: boolean
  /** Whether what was committed is lost without them. */
  needsCookies: boolean
  /** The last commit, settled or under way. */
  lastCommit: Promise<unknown>
  /** How often the session was asked for. */
  asked: number
}

const REGISTRY = Symbol.for("next-session-kit.requests")

/** By cookie name, for an application that has two. */
type RequestSessions = Map<string, { readonly agreement: string; readonly session: Promise<RequestSession> }>

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
  const { agreement, cookieName } = config
  const sessions = sessionsOf(requestHeaders)
  let opened = sessions.get(cookieName)
  if (opened === undefined) {
    opened = { agreement, session: open(config, requestHeaders) }
    sessions.set(cookieName, opened)
  }
  refuseTwinInRequest(cookieName, opened.agreement, agreement)
  const session = await opened.session
  session.asked += 1
  return session
}

async function open(config: Config, requestHeaders: Headers): Promise<RequestSession> {
  // Whether a session is live depends on the time, so it is read when somebody really asks for the page, and
  // not for a shell made ahead: Next logs each look at the clock there as an error.
  await connection()
  const https = isHttps(requestHeaders)
  const requestCookies = readRequestCookies(await cookies(), https, config, {
    method: requestMethod(requestHeaders),
    headers: requestHeaders,
  })
  const beforeWrite = () => {
    if (requestHeaders.has(ACTION_FORWARDED_HEADER)) throw forwarded()
    if (session.open.size === 0) warnOfLateWrite()
  }
  const claims = claimsOf(requestHeaders, requestCookies)
  const actor = await openSession(config, requestCookies, claims, beforeWrite)
  const session: RequestSession = {
    headers: requestHeaders,
    cookies: requestCookies,
    actor,
    open: new Set(),
    isAnswered: false,
    hasSetCookies: false,
    needsCookies: false,
    lastCommit: Promise.resolve(),
    asked: 0,
  }
  return session
}

/** Gathers what the delivery rule asks of the request: which deliveries does it claim? */
function claimsOf(requestHeaders: Headers, { tokens }: RequestCookies): FlashClaim[] {
  if (tokens.length === 0 && !requestHeaders.has(ARRIVED_HEADER)) return []
  const actionRedirect = requestHeaders.get(ACTION_REDIRECT_HEADER)
  if (actionRedirect !== null) {
    // It does not matter on which page that request ends: it may have been redirected again.
    const target = actionTarget(actionRedirect)
    return tokens.flatMap((token) => claimInActionsRender(token, target) ?? [])
  }
  const told = splitIds(requestHeaders.get(ARRIVED_HEADER))
  if (told.length === 0) return []
  const refererPath = pageAt(refererAddress(requestHeaders, readSite(requestHeaders))).path
  return told.map((arrived) => {
    const id = arrived.replace(ASKED, "")
    const token = tokens.find((candidate) => candidate.id === id)
    return claimOfPage({ id, wasLeftToPage: arrived !== id, token, refererPath })
  })
}

function actionTarget(actionRedirect: string): string {
  const url = actionRedirect.slice(0, actionRedirect.lastIndexOf(";"))
  return normalizePath(url.replace(/^https?:\/\/[^/]*/, "") || "/") ?? ""
}

function forwarded(): SessionError {
  return new SessionError(
    "SESSION_ACTION_FORWARDED",
    `This action belongs to a page the person has left, and Next ran it on another worker, which ` +
      `cannot set cookies (vercel/next.js: x-action-forwarded). The session would be lost silently. ` +
      `Import the action in a component of the shared layout, or call it before navigating.`,
  )
}
