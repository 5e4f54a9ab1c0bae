import { notNumber } from "../../core/changes.ts"
import { ACTION_CLAIM_SECONDS } from "../../core/claim.ts"
import { SessionError } from "../../core/errors.ts"
import { jsonBytes } from "../../core/json.ts"
import { printable } from "../../core/printable.ts"
import { isSessionId } from "../../core/random-id.ts"
import { createStore, type SaveMeta, type SessionStore, type UnreadableReason } from "../../core/store.ts"
import type { SendCommand } from "./commands.ts"
import { upstashEnvironment } from "./environment.ts"
import { fieldChanges, keyOfField, metaValue, readRecord, setAll, type FieldChange } from "./record.ts"
import { scriptRunner } from "./run-script.ts"
import { COMMIT, TAKE } from "./scripts.ts"
import { sha256 } from "./sha256.ts"
import { upstashCommands } from "./upstash.ts"
import { withRetries } from "./with-retries.ts"

export interface RedisStoreOptions {
  /** Default: the environment variable UPSTASH_REDIS_REST_URL. */
  url?: string
  /** Default: the environment variable UPSTASH_REDIS_REST_TOKEN. */
  token?: string
  /** Another client than @upstash/redis; `url` and `token` are then its own business. */
  send?: SendCommand
  /** What every key begins with. Default `session:`. */
  prefix?: string
  /** How long one operation may take, three attempts together, in milliseconds. Default 5000. */
  timeoutMilliseconds?: number
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

/** How long a commit's answer is kept for a retry, in seconds: longer than any deadline. */
const ANSWER_SECONDS = 60

/**
 * Keeps sessions in Redis, reached over HTTP by @upstash/redis: for more than one machine, for
 * sessions that can be revoked, and for more than 4 KB. Requests in flight at once lose nothing:
 * each commit sends what it changed, in one step, and only to a session that is still live.
 *
 * The environment is read at first use, not here, so that `next build` needs none.
 */
export function redisStore(options: RedisStoreOptions = {}): SessionStore {
  const { prefix = "session:", now = Date.now } = options
  const seconds = () => Math.floor(now() / 1000)
  let connection: ReturnType<typeof connect> | undefined
  const connected = () => (connection ??= connect(options))
  // Hashes, so that a leaked dump holds no usable ids and a look-up leaks no timing.
  const keyOf = async (id: string) => `${prefix}${await sha256(id)}`

  async function take(id: string, claims: readonly string[], report: (reason: UnreadableReason) => void) {
    if (!isSessionId(id)) return void report("malformed")
    const nonce = claims.length === 0 ? "" : crypto.randomUUID()
    const at = seconds()
    const args = [String(at), nonce, String(ACTION_CLAIM_SECONDS), ...claims]
    const record = readRecord(id, await connected().run(TAKE, [await keyOf(id)], args), nonce, at)
    if (record === undefined) return void report("unknown")
    const { expiresAt, ...session } = record
    return expiresAt * 1000 > now() ? session : void report("expired")
  }

  async function write(
    mode: "new" | "change" | "wipe",
    from: string,
    to: string,
    changes: readonly FieldChange[],
    meta: SaveMeta,
  ): Promise<string[]> {
    refuseTooLarge(changes)
    const fromKey = await keyOf(from)
    const toKey = from === to ? fromKey : await keyOf(to)
    const keys = [fromKey, toKey, `${prefix}answer:${crypto.randomUUID()}`]
    const secondsToLive = Math.max(1, Math.ceil(meta.expiresAt - now() / 1000))
    const args = [mode, metaValue(meta), String(secondsToLive), String(ANSWER_SECONDS), ...changes.flat()]
    return (await connected().run(COMMIT, keys, args)) as string[]
  }

  return createStore({
    load: (id, report) => take(id, [], report),
    async save(id, data, flash, meta) {
      await write("wipe", id, id, setAll({ data, flash }), meta)
    },
    async destroy(id) {
      await connected().send(["DEL", await keyOf(id)])
    },
    // Redis removes what has expired by itself.
    gc() {},
    cookieValue: (id) => id,

    take: (id, claims, report) =>
      take(
        id,
        claims.flatMap((claim) => [claim.id, claim.by, claim.over.join()]),
        report,
      ),
    async commit({ from, id, wipe, data, flash, changes, meta }) {
      if (from === undefined || wipe) {
        await write(from === undefined ? "new" : "wipe", from ?? id, id, setAll({ data, flash }), meta)
        return { sums: {} }
      }
      const [status, ...results] = await write("change", from, id, fieldChanges(changes), meta)
      if (status === "gone") return undefined
      if (status === "not-a-number") throw notNumber(keyOfField(results[0] ?? ""))
      const keys = Object.keys(changes.add)
      return { sums: Object.fromEntries(keys.map((key, at) => [key, Number(results[at])])) }
    },
  })
}

function connect({ url, token, send: own, timeoutMilliseconds = 5000 }: RedisStoreOptions) {
  const client = own ?? upstashCommands(upstashEnvironment({ url, token }))
  const send = withRetries(client, timeoutMilliseconds)
  return { send, run: scriptRunner(send) }
}

/** Upstash's smallest limit for a request is 1 MB; the rest is for what surrounds the changes. */
const MAX_CHANGES_BYTES = 1_000_000

function refuseTooLarge(changes: readonly FieldChange[]): void {
  const characters = changes.reduce((sum, [, field, value]) => sum + field.length + value.length + 20, 0)
  // None takes more than six bytes in JSON: most commits are too small to be worth a closer look.
  if (characters * 6 <= MAX_CHANGES_BYTES) return
  const sizes = changes.map((change) => ({ change, bytes: jsonBytes(change) }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total <= MAX_CHANGES_BYTES) return
  const { change, bytes } = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a))
  const [, field] = change
  const name = field.startsWith("data:") ? `key "${printable(keyOfField(field))}"` : "a flash"
  throw new SessionError(
    "SESSION_TOO_LARGE",
    `This request changed ${total} bytes of the session, and the Redis store sends at most ` +
      `${MAX_CHANGES_BYTES} in one commit. Most of it is ${name} (${bytes} bytes of JSON). Nothing was ` +
      `written. Keep it elsewhere and store an id in the session.`,
  )
}
