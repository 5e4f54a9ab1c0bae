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

/**
 * Set by middleware: ids of the deliveries this document shows, or this page that asked for them (`ASKED`
 * follows the id).
 */
export const ARRIVED_HEADER = "x-session-arrived"

/**
 * What only middleware says. Next sends on the request that renders an action's redirect all that
 * middleware said of the action, so whatever comes in is left out before anything is added.
 */
export const MIDDLEWARE_HEADERS = [PAGE_HEADER, BASE_PATH_HEADER, METHOD_HEADER, ARRIVED_HEADER] as const

/** Sent by Next on the request by which an action renders the page it redirects to: `/path;push`. */
export const ACTION_REDIRECT_HEADER = "x-action-redirect"

/** Sent by Next when an action runs on another page's worker; its cookies are lost on the way back. */
export const ACTION_FORWARDED_HEADER = "x-action-forwarded"

/** Sent by the browser's Next router when it calls an action. */
export const ACTION_HEADER = "next-action"

export function joinIds(ids: Iterable<string>): string {
  return [...ids].join(".")
}

export function splitIds(value: string | null): string[] {
  return value ? value.split(".") : []
}
