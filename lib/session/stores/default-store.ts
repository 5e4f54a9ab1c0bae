import type { SessionStore } from "../core/store.ts"
import { cookieStore } from "./cookie-store.ts"
import { redisStore } from "./redis/redis-store.ts"
import { hasUpstashEnvironment } from "./redis/environment.ts"

/** The Redis store where its environment is set, the cookie store elsewhere. */
export function defaultStore(now: () => number): SessionStore {
  return hasUpstashEnvironment() ? redisStore({ now }) : cookieStore({ now })
}
