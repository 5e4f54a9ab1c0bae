import { SessionError } from "../../core/errors"
import { noMovedIds } from "../../core/moved-ids"
import { randomSessionId } from "../../core/random-id"
import { storeOf, type SessionStore, type StoreCallbacks } from "../../core/store"
import { takeLive } from "../take-live"
import { isRefusal, isReplyError } from "./commands"
import { commitEntry } from "./commit"
import type { Database } from "./database"
import { entriesAt } from "./entries"
import { setAll } from "./fields"
import { operationsOn, type Operation } from "./operation"

export const DEFAULT_PREFIX = "session:"
export const DEFAULT_TIMEOUT_MILLISECONDS = 5000

/** How long a commit's answer is kept for a retry, in seconds, at least; at any rate twice the deadline. */
const ANSWER_SECONDS = 60

interface StoreSettings {
  /** What every key begins with. */
  readonly prefix: string
  /** How long one operation may take, in milliseconds. */
  readonly timeoutMilliseconds: number
  /** The clock, in milliseconds. */
  readonly now: () => number
}

/** The Redis store, however its database is reached. */
export function storeOn(
  database: Database,
  { prefix, timeoutMilliseconds, now }: StoreSettings,
): SessionStore {
  const answerSeconds = Math.ceil(Math.max(ANSWER_SECONDS, (2 * timeoutMilliseconds) / 1000))

  const entries = entriesAt(prefix, answerSeconds, () => now() / 1000)

  let operations: (() => Operation) | undefined
  const connect = () => (operations ??= operationsOn(database.connect(), timeoutMilliseconds))
  const start = (): Operation => (operations ?? connect())()

  const take = takeLive((id, claims) => entries.take(start(), id, claims), now)

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
      await database.prepare()
      try {
        await take(randomSessionId(), [], () => {})
      } catch (error) {
        // A database that is slow to come up is no reason not to start.
        if (error instanceof SessionError || (isReplyError(error) && isRefusal(error))) throw error
      }
    },
    // Redis removes what has expired by itself.
    gc() {},
    cookieValue: (id) => id,

    take,
    commit: (commit) => commitEntry(entries, start(), commit),
  }
  return storeOf(callbacks, noMovedIds, JSON.stringify(["redis", prefix, database.identity]))
}
