import { isActionOrMiddleware, type Caller } from "./caller"
import type { Config } from "./config"
import { isCrossSite } from "./cross-site"
import { PAGE_HEADER } from "./headers"

/**
 * Whether a request is refused before its callback runs. A server action is Next's business, which has
 * checked it by its own list; but the header that says so also reaches route handlers, where anybody may
 * have added it; and where our middleware did not run this may be somebody's middleware, which Next does not
 * check.
 */
export function isRefused(
  { allowedOrigins, report }: Config,
  method: string,
  headers: Headers,
  caller: Caller,
): boolean {
  if (!isCrossSite(method, headers, allowedOrigins)) return false
  if (caller !== "route-handler" && headers.has(PAGE_HEADER) && isActionOrMiddleware()) return false
  report({ type: "cross-site-refused", method })
  return true
}
