import type { FlashClaim } from "../../core/claim"
import { checkOptions } from "../../core/check-options"
import { SessionError } from "../../core/errors"
import { noMovedIds } from "../../core/moved-ids"
import { isSessionId } from "../../core/random-id"
import {
  storeOf,
  type SessionStore,
  type StoreCallbacks,
  type StoredSession,
  type UnreadableReason,
} from "../../core/store"
import type { SendCommand } from "./commands"
import { commitEntry } from "./commit"
import { entriesAt } from "./entries"
import { upstashEnvironment } from "./environment"
import { setAll } from "./fields"
import { operationsOn, type Operation } from "./operation"
import { loadClient, upstashCommands } from "./upstash"

export interface RedisStoreOptions {
  /** Left out, it is the environment variable UPSTASH_REDIS_REST_URL; given as undefined, it is missing. */
  url?: string | undefined
  /** Left out, it is the environment variable UPSTASH_REDIS_REST_TOKEN; given as undefined, it is missing. */
  token?: string | undefined
  /** Another client than @upstash/redis; `url` and `token` are then its own business. */
  send?: SendCommand
  /** What every key begins with. Default `session:`. */
  prefix?: string
  /**
   * How long one operation may take, three attempts together, in milliseconds: at most ten minutes.
   * Default 5000.
   */
  timeoutMilliseconds?: number
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

/** How long a commit's answer is kept for a retry, in seconds, at least; at any rate twice the deadline. */
const ANSWER_SECONDS = 60

const MAX_TIMEOUT_MILLISECONDS = 10 * 60 * 1000

/**
 * Keeps sessions in Redis, reached over HTTP by @upstash/redis: for more than one machine, for
 * sessions that can be revoked, and for more than 4 KB. Requests in flight at once lose nothing:
 * each commit sends what it changed, in one step, and only to a session that is still live.
 *
 * The environment is read at first use, not here, so that `next build` needs none.
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID`
 */
export function redisStore(options: RedisStoreOptions = {}): SessionStore {
  checkOptions("redisStore", options, {
    url: "text",
    token: "text",
    send: "function",
    prefix: "text",
    timeoutMilliseconds: "any",
    now: "function",
  })
  const { prefix = "session:", now = Date.now, timeoutMilliseconds = 5000 } = options
  if (!(timeoutMilliseconds > 0 && timeoutMilliseconds <= MAX_TIMEOUT_MILLISECONDS)) throw noTimeout()
  const answerSeconds = Math.ceil(Math.max(ANSWER_SECONDS, (2 * timeoutMilliseconds) / 1000))

  const entries = entriesAt(prefix, answerSeconds, () => now() / 1000)

  let operations: (() => Operation) | undefined
  const connect = () => {
    const client = options.send ?? upstashCommands(upstashEnvironment(options))
    return (operations ??= operationsOn(client, timeoutMilliseconds))
  }
  const start = (): Operation => (operations ?? connect())()

  async function take(
    id: string,
    claims: readonly FlashClaim[],
    report: (reason: UnreadableReason) => void,
  ): Promise<StoredSession | undefined> {
    if (!isSessionId(id)) return void report("malformed")
    const record = await entries.take(start(), id, claims)
    if (record === undefined) return void report("unknown")
    const { expiresAt, ...session } = record
    return expiresAt * 1000 > now() ? session : void report("expired")
  }

  const callbacks: StoreCallbacks = {
    load: (id, report) => take(id, [], report),
    async save(id, data, flash, meta) {
      const changes = setAll({ data, flash })
      await entries.write(start(), { mode: "wipe", from: id, to: id, changes, flash, meta })
    },
    async destroy(id) {
      await entries.end(start(), await entries.keyOf(id))
    },
    async prepare() {
      connect()
      if (options.send === undefined) await loadClient()
    },
    // Redis removes what has expired by itself.
    gc() {},
    cookieValue: (id) => id,

    take,
    commit: (commit) => commitEntry(entries, start(), commit),
  }
  return storeOf(callbacks, noMovedIds, JSON.stringify(["redis", prefix, databaseIdentity(options)]))
}

/** Clients of one's own cannot be told apart. */
function databaseIdentity(options: RedisStoreOptions): string {
  if (options.send !== undefined) return "a client"
  const { url } = options
  return !("url" in options) || url === process.env["UPSTASH_REDIS_REST_URL"]
    ? "of the environment"
    : `${url}`
}

function noTimeout(): SessionError {
  return new SessionError(
    "SESSION_OPTIONS_INVALID",
    `redisStore({ timeoutMilliseconds }) must be a number above 0 and at most ${MAX_TIMEOUT_MILLISECONDS}. ` +
      `Leave it out for the default, 5000.`,
  )
}
