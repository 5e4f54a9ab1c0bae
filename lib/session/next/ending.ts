import type { Outcome } from "../core/delivery"
import { SessionError } from "../core/errors"
import type { CookieAccess } from "./cookie-access"
import type { Caller } from "./caller"
import { opensDocument } from "./asker"
import { BackSignal } from "../forms/back-signal"
import { readNextSignal } from "./signals"
import { redirectPath, type Site } from "./site"

/** How a callback ended: with a value, or by throwing. */
export type Ending = { readonly value: unknown } | { readonly thrown: unknown }

/** Who asked for the session, and what it can do when the callback ends other than by a value. */
export type Boundary =
  /** `withSession`: its caller goes on with the callback's value or not at all, so all else is thrown. */
  | "callback"
  /** `sessionAction`: it is the action, so it may end without a value and have the page rendered. */
  | "action"
  /** `sessionRoute`: it is the route handler, so it may answer. */
  | "route"

/** What is known of a callback that has ended. */
export interface EndingFacts {
  readonly ending: Ending
  readonly boundary: Boundary
  readonly caller: Caller
  readonly method: string
  readonly headers: Headers
  readonly site: Site
  /** Path and query of the page the request came from, without base path; undefined when nothing tells. */
  readonly page: string | undefined
  /** Where `validate` and `back` lead: path and query without base path. */
  readonly backTo: string
}

/** The response that a callback made for its route handler, when that is how it ended. */
export function answerOf({ ending, caller }: Pick<EndingFacts, "ending" | "caller">): Response | undefined {
  const isAnswer = caller === "route-handler" && "value" in ending && ending.value instanceof Response
  return isAnswer ? (ending.value as Response) : undefined
}

/** The signal of `validate` or `back`, when that is how a callback ended. */
export function backSignalOf(ending: Ending): BackSignal | undefined {
  return "thrown" in ending && ending.thrown instanceof BackSignal ? ending.thrown : undefined
}

/** Whether what is wrong with a form is answered as JSON, for code that shows it itself. */
export function answersInJson({ ending, boundary, headers }: EndingFacts): boolean {
  return boundary === "route" && backSignalOf(ending)?.feedback !== undefined && !opensDocument(headers)
}

/**
 * The ending, or an error where nobody could answer it: code that posts a form by `fetch` would follow a
 * redirect and take the page it ends on for success; and an HTTP error loses the cookies that an earlier
 * callback of the same handler has set.
 */
export function withAnswerable(facts: EndingFacts, needsCookies: boolean): EndingFacts {
  const { ending, boundary, caller, headers } = facts
  if (needsCookies && caller === "route-handler" && boundary !== "route" && "thrown" in ending) {
    const signal = readNextSignal(ending.thrown)
    if (signal?.kind === "http-error") return { ...facts, ending: { thrown: earlierNotSent(signal.status) } }
  }
  const isBad = backSignalOf(ending)?.feedback !== undefined
  if (!isBad || boundary === "route" || caller !== "route-handler" || opensDocument(headers)) return facts
  return { ...facts, ending: { thrown: routeMissing() } }
}

function routeMissing(): SessionError {
  return new SessionError(
    "SESSION_ROUTE_MISSING",
    `The input of a route handler was invalid, and it was not sent by a form's own submit: such a request ` +
      `is answered by 422 and JSON, which withSession() cannot return for the handler. Write the handler ` +
      `as export const POST = sessionRoute(async (session, request) => { … }).`,
  )
}

/** Whether the page a form is on is rendered by the very response. */
export function rendersInPlace({ boundary, caller }: Pick<EndingFacts, "boundary" | "caller">): boolean {
  return boundary === "action" && caller === "action"
}

/** Where the response leads, and so where its flash goes. */
export function outcomeOf(facts: EndingFacts): Outcome {
  const { ending, caller, site, page, backTo } = facts
  if (!("thrown" in ending)) return { kind: caller === "route-handler" ? "other" : "render" }
  if (backSignalOf(ending) !== undefined) {
    return rendersInPlace(facts)
      ? { kind: "render" }
      : { kind: "redirect", to: redirectPath(backTo, site, backTo) }
  }
  const signal = readNextSignal(ending.thrown)
  if (signal?.kind !== "redirect") return { kind: "other" }
  return { kind: "redirect", to: redirectPath(signal.url, site, page ?? "/") }
}

/**
 * Whether the answer carries cookies. An action's always does, and so does one we build. What Next builds
 * in a route handler from something thrown does not, but for a redirect (`handleHandlerError` in its
 * route-modules/app-route/module).
 */
export function cookieAccessOf({ ending, boundary, caller, method }: EndingFacts): CookieAccess {
  if (caller !== "route-handler" || !("thrown" in ending)) return { reach: "browser" }
  const signal = readNextSignal(ending.thrown)
  if (signal === undefined && backSignalOf(ending) === undefined) {
    return { reach: "perhaps", refusal: () => notSent("an error") }
  }
  if (boundary === "route" || signal === undefined) return { reach: "browser" }
  if (signal.kind === "http-error")
    return { reach: "nobody", refusal: () => notSent(`status ${signal.status}`) }
  // Caches keep a permanent redirect, the cookies with it, and Next lets us add no Cache-Control.
  const isKept = signal.status === 308 && isReading(method)
  return isKept ? { reach: "nobody", refusal: () => notSent("a permanent redirect") } : { reach: "browser" }
}

/** Whether an answer may be kept by caches. */
export function isReading(method: string): boolean {
  return method === "GET" || method === "HEAD"
}

function earlierNotSent(status: number): SessionError {
  return new SessionError(
    "SESSION_COOKIES_NOT_SENT",
    `A withSession() callback ended by status ${status} after an earlier one of the same route handler had ` +
      `written to the session. The answer Next makes of that cannot carry the session's cookies, so what was ` +
      `written is lost to the person. Write the handler with sessionRoute(), whose answer carries them.`,
  )
}

function notSent(how: string): SessionError {
  return new SessionError(
    "SESSION_COOKIES_NOT_SENT",
    `A withSession() callback wrote to the session and ended by ${how}, and the answer Next makes of that ` +
      `in a route handler cannot carry the session's cookies. Nothing was written. Write the handler with ` +
      `sessionRoute(), whose answer carries them, or end it by returning a Response.`,
  )
}

/** The error to throw when the commit failed after the callback ended as it did. */
export function causedBy(ending: Ending, commitError: unknown): unknown {
  if (!("thrown" in ending)) return commitError
  const { thrown } = ending
  if (thrown instanceof BackSignal || readNextSignal(thrown) !== undefined || !(thrown instanceof Error)) {
    return commitError
  }
  thrown.cause ??= commitError
  return thrown
}
