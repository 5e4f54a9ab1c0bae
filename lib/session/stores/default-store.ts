import type { SessionStore } from "../core/store"
import { cookieStore } from "./cookie/cookie-store"
import { redisStore } from "./redis/redis-store"
import { hasUpstashEnvironment } from "./redis/environment"

/** The Redis store where its environment is set, the cookie store elsewhere. */
export function defaultStore(now: () => number): SessionStore {
  return hasUpstashEnvironment() ? redisStore({ now }) : cookieStore({ now })
}
