import { ASKED, type DeliveryToken } from "../core/delivery-token.ts"

/**
 * Headers between our middleware, our pages and our client code. None grants anything by itself:
 * whoever forges one still sees only what is in their own session.
 */

/** Set by middleware: path and query of the page as the browser sees it, without base path. */
export const PAGE_HEADER = "x-session-page"

/** Set by middleware: next.config's `basePath`, when there is one. */
export const BASE_PATH_HEADER = "x-session-base"

/** Set by middleware: the request's method, which `headers()` does not have. */
export const METHOD_HEADER = "x-session-method"

/** Set by middleware on a document request: ids of the deliveries this document shows; see `splitArrived`. */
export const ARRIVED_HEADER = "x-session-arrived"

/** Sent by our client code: ids of the deliveries it wants to show. */
export const TAKE_HEADER = "x-session-take"

/** Sent by Next on the request by which an action renders the page it redirects to: `/path;push`. */
export const ACTION_REDIRECT_HEADER = "x-action-redirect"

/** Sent by Next when an action runs on another page's worker; its cookies are lost on the way back. */
export const ACTION_FORWARDED_HEADER = "x-action-forwarded"

/** Sent by the browser's Next router when it calls an action. */
export const ACTION_HEADER = "next-action"

/** @param tokens of the deliveries that arrive, each by a document or because the page asked for it */
export function joinArrived(tokens: readonly DeliveryToken[]): string {
  return tokens.map((token) => token.id + (token.takenBy === ASKED ? ASKED : "")).join(".")
}

/** The ids, and whether the page asked for it. */
export function splitArrived(value: string | null): { id: string; isAsked: boolean }[] {
  return splitIds(value).map((id) => ({ id: id.replace(ASKED, ""), isAsked: id.endsWith(ASKED) }))
}

export function splitIds(value: string | null): string[] {
  return value ? value.split(".") : []
}
