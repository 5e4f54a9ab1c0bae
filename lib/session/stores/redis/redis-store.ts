import { checkOptions } from "../../core/check-options"
import type { SessionStore } from "../../core/store"
import type { RedisClient } from "./client"
import type { SendCommand } from "./commands"
import { databaseOf } from "./given-database"
import { DEFAULT_PREFIX, DEFAULT_TIMEOUT_MILLISECONDS, storeOn } from "./store-on"

/** Settings, and one way to the database. */
export type RedisStoreOptions = {
  /** What every key begins with. Default `session:`. */
  prefix?: string
  /** How long one operation may take, all attempts together, in milliseconds: at most ten minutes. Default 5000. */
  timeoutMilliseconds?: number
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
} & (
  | {
      url?: never
      token?: never
      client?: never
      send?: never
    }
  | {
      /**
       * `https://` for Upstash, `redis://` or `rediss://` for any Redis. Left out, it is the environment variable
       * UPSTASH_REDIS_REST_URL or, where neither that nor UPSTASH_REDIS_REST_TOKEN is set, REDIS_URL; given as
       * undefined, it is missing.
       */
      url: string | undefined
      /** Upstash's. Left out, it is the variable UPSTASH_REDIS_REST_TOKEN; given as undefined, it is missing. */
      token?: string | undefined
      client?: never
      send?: never
    }
  | {
      /** A client of `redis` or `ioredis` that the app has anyway; also a cluster's. */
      client: RedisClient
      url?: never
      token?: never
      send?: never
    }
  | {
      /** Any other client, by a function. */
      send: SendCommand
      url?: never
      token?: never
      client?: never
    }
)

/**
 * Keeps sessions in Redis, reached over HTTP by @upstash/redis or over TCP by redis or the app's own client: for
 * more than one machine, for sessions that can be revoked, and for more than 4 KB. Requests in flight at once lose
 * nothing: each commit sends what it changed, in one step, and only to a session that is still live.
 *
 * The environment is read at first use, not here, so that `next build` needs none.
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID`; on the Edge runtime, over TCP, `SESSION_STORE_NEEDS_NODE`
 */
export function redisStore(options: RedisStoreOptions = {}): SessionStore {
  checkOptions("redisStore", options, {
    url: "text",
    token: "text",
    client: "any",
    send: "function",
    prefix: "text",
    timeoutMilliseconds: "milliseconds",
    now: "function",
  })
  const {
    prefix = DEFAULT_PREFIX,
    now = Date.now,
    timeoutMilliseconds = DEFAULT_TIMEOUT_MILLISECONDS,
  } = options
  return storeOn(databaseOf(options), { prefix, timeoutMilliseconds, now })
}
