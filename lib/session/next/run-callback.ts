import { headers } from "next/headers"
import { SessionError } from "../core/errors"
import type { JsonObject } from "../core/json"
import type { Session } from "../core/session"
import { isProbe } from "./asker"
import { isForm, readCaller, requestMissing, type Caller } from "./caller"
import { commitRequest } from "./commit-request"
import type { Config } from "./config"
import { requestMethod } from "./cross-site"
import {
  answerOf,
  answersInJson,
  backSignalOf,
  causedBy,
  cookieAccessOf,
  outcomeOf,
  withAnswerable,
  type Boundary,
  type Ending,
  type EndingFacts,
} from "./ending"
import { readPage, type Page } from "./page"
import { isRendering } from "./rendering"
import { isRefused } from "./refuse-cross-site"
import { requestSession, type RequestSession } from "./request-session"
import { endScope, inScope, isInMiddleware, isNested, outlivesAnswer, startScope, type Scope } from "./scope"
import { readSite } from "./site"
import { warnIfNotAwaited, warnIfWithoutMiddleware } from "./warnings"

/** Where a callback comes in. */
export interface Entrance {
  readonly boundaryOf: (headers: Headers) => Boundary
  /** The request, where it is at hand: it knows what `headers()` does not. */
  readonly request?: { readonly method: string }
}

export type SessionCallback = (session: Session<JsonObject, JsonObject>) => unknown

/** A callback that has ended, and was committed unless one around it will do that. */
export interface Ended extends EndingFacts {
  readonly isNested: boolean
  readonly setsCookies: boolean
}

/**
 * Runs `callback` with the request's session and commits when no callback is around it.
 *
 * @returns how it ended; undefined when another site's page sent the request, and nothing ran
 * @throws SessionError `SESSION_READ_ONLY` while a page renders, `SESSION_MIDDLEWARE_NOT_COMPOSED` in
 *   middleware, `SESSION_STORE_UNAVAILABLE` when the session could not be loaded
 */
export async function runCallback(
  config: Config,
  { boundaryOf, request: asked }: Entrance,
  callback: SessionCallback,
): Promise<Ended | undefined> {
  if (isRendering()) throw calledWhileRendering()
  if (isInMiddleware()) throw requestMissing()
  const requestHeaders = await headers()
  const caller = readCaller(requestHeaders)
  const boundary = boundaryOf(requestHeaders)
  const method = asked?.method ?? requestMethod(requestHeaders)
  if (isRefused(config, method, requestHeaders, caller)) return undefined
  if (caller !== "route-handler") warnIfWithoutMiddleware(requestHeaders)

  const request = await requestSession(config)
  if (request.open.size === 0) warnIfNotAwaited(request)
  const scope = startScope(request)
  const ending = await inScope(scope, () => endingOf(callback, request.actor.session))

  const site = readSite(requestHeaders)
  const page = readPage(requestHeaders, site, caller !== "route-handler")
  const backTo = backToOf(ending, caller, page)
  const facts = {
    ending,
    boundary,
    caller,
    method,
    headers: requestHeaders,
    site,
    page: page.address,
    backTo,
  }
  if (isNested(scope)) {
    endScope(scope)
    return { ...facts, isNested: true, setsCookies: false }
  }

  return commitEnded(config, scope, request, withAnswerable(facts, request.needsCookies), page.path)
}

/** Where `validate` and `back` lead: a route handler's form says which page it is on. */
function backToOf(ending: Ending, caller: Caller, page: Page): string {
  const back = backSignalOf(ending)
  const formPage = caller === "route-handler" ? back?.formPage : undefined
  return formPage ?? page.address ?? back?.fallback ?? "/"
}

/**
 * Ends an outermost callback: what it leaves for its form, where its response leads, and the commit.
 *
 * @param from the path of the page the request came from
 */
async function commitEnded(
  config: Config,
  scope: Scope,
  request: RequestSession,
  facts: EndingFacts,
  from: string,
): Promise<Ended> {
  const { caller, method, headers: requestHeaders } = facts
  const { actor } = request
  const feedback = answersInJson(facts) ? undefined : backSignalOf(facts.ending)?.feedback
  // This write belongs to the callback that has just ended.
  if (feedback !== undefined) actor.flashForm(feedback)
  const outcome = endScope(scope, outcomeOf(facts))
  scope.hasAnswered = answerOf(facts) !== undefined
  const begins = actor.hasChanged() && actor.state().storedId === undefined
  if (caller === "route-handler" && isProbe(method, requestHeaders, begins)) {
    return { ...facts, isNested: false, setsCookies: false }
  }
  try {
    await commitRequest(config, request, {
      outcome,
      from,
      cookies: cookieAccessOf(facts),
      isLate: outlivesAnswer(scope),
      rendersForm: caller === "action" && outcome.kind === "render" && isForm(requestHeaders),
    })
    return { ...facts, isNested: false, setsCookies: request.hasSetCookies }
  } catch (error) {
    const thrown = causedBy(facts.ending, error)
    return { ...facts, ending: { thrown }, isNested: false, setsCookies: false }
  }
}

async function endingOf(
  callback: SessionCallback,
  session: Session<JsonObject, JsonObject>,
): Promise<Ending> {
  try {
    return { value: await callback(session) }
  } catch (thrown) {
    return { thrown }
  }
}

function calledWhileRendering(): SessionError {
  return new SessionError(
    "SESSION_READ_ONLY",
    `A session was asked for writing while a page renders. Server components cannot set cookies. Read with ` +
      `getSession() there, and write in a server action, route handler or middleware.`,
  )
}
