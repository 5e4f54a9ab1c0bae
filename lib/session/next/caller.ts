import { refresh } from "next/cache"
import { SessionError } from "../core/errors"
import { ACTION_HEADER } from "./headers"

/** What kind of request a callback runs in. */
export type Caller =
  /** An action called by Next's router: the response can re-render the page in place. */
  | "action"
  /** An action posted by a plain HTML form: the response is a document or a 303. */
  | "form-post"
  | "route-handler"

/** @throws SessionError `SESSION_MIDDLEWARE_NOT_COMPOSED` in middleware, where the request has to be passed */
export function readCaller(headers: Headers): Caller {
  if (headers.has(ACTION_HEADER)) return "action"
  if (!isActionOrMiddleware()) return "route-handler"
  if (isForm(headers)) return "form-post"
  throw requestMissing()
}

/**
 * Next exports nothing that tells an action from a route handler, but `refresh()` refuses to run in the
 * latter. For a form post, whose response is a whole document, it changes nothing; middleware renders
 * nothing. An action that the router called would be re-rendered by it, and is known by its header.
 */
export function isActionOrMiddleware(): boolean {
  try {
    refresh()
    return true
  } catch {
    return false
  }
}

/** Only a form can post to an action without Next's router. */
export function isForm(headers: Headers): boolean {
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(headers.get("content-type") ?? "")
}

/** The error for `withSession` without the request where only the request tells whose session it is. */
export function requestMissing(): SessionError {
  return new SessionError(
    "SESSION_MIDDLEWARE_NOT_COMPOSED",
    `withSession() was called in middleware without the request. Middleware wraps and passes it: ` +
      `export default sessionMiddleware((request) => withSession(request, (session) => { … })).`,
  )
}
