import type { SessionStore } from "../core/store"
import { cookieStore } from "./cookie/cookie-store"
import { upstashDatabase } from "./redis/database"
import { hasUpstashEnvironment } from "./redis/environment"
import { DEFAULT_PREFIX, DEFAULT_TIMEOUT_MILLISECONDS, storeOn } from "./redis/store-on"

/**
 * The Redis store where Upstash's environment is set, the cookie store elsewhere. REDIS_URL does not count: hosts set
 * it for other uses, and sessions would move with it, to where the Edge runtime cannot follow.
 */
export function defaultStore(now: () => number): SessionStore {
  if (!hasUpstashEnvironment()) return cookieStore({ now })
  return storeOn(upstashDatabase(), {
    prefix: DEFAULT_PREFIX,
    timeoutMilliseconds: DEFAULT_TIMEOUT_MILLISECONDS,
    now,
  })
}
