import { isActionOrMiddleware, type Caller } from "./caller.ts"
import type { Config } from "./config.ts"
import { isCrossSite, requestMethod } from "./cross-site.ts"

/**
 * Whether a request is refused before its callback runs. A server action is Next's business, which has
 * checked it by its own list; but the header that says so also reaches route handlers, where anybody may
 * have added it.
 */
export function isRefused({ allowedOrigins, report }: Config, headers: Headers, caller: Caller): boolean {
  const method = requestMethod(headers)
  if (caller === "form-post" || !isCrossSite(method, headers, allowedOrigins)) return false
  if (caller === "action" && isActionOrMiddleware()) return false
  report({ type: "cross-site-refused", method })
  return true
}
