import type { FlashClaim } from "../../core/claim"
import { ACTION_CLAIM_SECONDS, CLAIM_SETTLES_SECONDS, FINAL_CLAIM_SETTLES_SECONDS } from "../../core/delivery"
import type { JsonObject } from "../../core/json"
import { MOVED_SECONDS } from "../../core/moved-ids"
import { tagOfSession } from "../../core/random-id"
import type { SaveMeta } from "../../core/store"
import { dueOf, metaValue, sentChange, type FieldChange } from "./fields"
import type { Operation } from "./operation"
import { readRecord } from "./record"
import { isCommitReply, isDeleted, isHash, isNote } from "./replies"
import { COMMIT, TAKE } from "./scripts"
import { sha256 } from "../sha256"
import type { StoredRecord } from "../take-live"
import { refuseTooLarge } from "../too-large"
import type { SendRetried } from "./with-retries"

/** What COMMIT is to do. */
export interface Write {
  /** Make an entry, alter a live one, or make one where another one dies. */
  readonly mode: "new" | "change" | "wipe"
  readonly from: string
  readonly to: string
  readonly changes: readonly FieldChange[]
  /** The deliveries among them. */
  readonly flash: JsonObject
  readonly meta: SaveMeta
}

export type Entries = ReturnType<typeof entriesAt>

/**
 * What a cluster's slot of a key is found by, where it is in braces: all the keys of one session share it, so that
 * a script may touch them. Source: Redis Cluster specification, "Hash tags".
 */
const braced = (tag: string) => (tag === "" ? "" : `{${tag}}`)

/** The entries of a database whose keys begin with `prefix`. All times are Unix seconds, by `now`. */
export function entriesAt(prefix: string, answerSeconds: number, now: () => number) {
  // Hashes, so that a leaked dump holds no usable ids and a look-up leaks no timing.
  const keyOf = async (id: string) => `${prefix}${braced(tagOfSession(id))}${await sha256(id)}`
  /** Where it is noted what became of the session that had this key. */
  const noteOf = (key: string) => `${prefix}moved:${key.slice(prefix.length)}`
  /** Where the answer to one commit of this session is kept. */
  const answerOf = (id: string, key: string) =>
    `${prefix}answer:${braced(tagOfSession(id) || key)}${crypto.randomUUID()}`

  const noteAt = (send: SendRetried, key: string) => send(["GET", noteOf(key)], isNote(prefix))

  return {
    keyOf,

    /** Reads a live session, claims deliveries and forgets what is over. */
    async take(
      { run }: Operation,
      id: string,
      claims: readonly FlashClaim[],
    ): Promise<StoredRecord | undefined> {
      const nonce = claims.length === 0 ? "" : crypto.randomUUID()
      const at = Math.floor(now())
      const rules = [ACTION_CLAIM_SECONDS, CLAIM_SETTLES_SECONDS, FINAL_CLAIM_SETTLES_SECONDS]
      const wanted = claims.flatMap((claim) => [claim.id, claim.by, claim.over.join()])
      const hash = await run(TAKE, [await keyOf(id)], [at, nonce, ...rules, ...wanted], isHash)
      return readRecord(id, hash, nonce, at)
    },

    /** @returns what COMMIT replies */
    async write({ run }: Operation, { mode, from, to, changes, flash, meta }: Write): Promise<string[]> {
      refuseTooLarge("Redis", changes.map(sentChange))
      const key = await keyOf(from)
      const next = from === to ? key : await keyOf(to)
      const keys = [key, next, answerOf(to, key), ...(from === to ? [] : [noteOf(key)])]
      const secondsToLive = Math.max(1, Math.ceil(meta.expiresAt - now()))
      const times = [secondsToLive, answerSeconds, dueOf(flash), MOVED_SECONDS]
      const args = [mode, metaValue(meta), ...times, next, ...changes.flat()]
      return run(COMMIT, keys, args, isCommitReply(mode, changes, prefix))
    },

    /** Ends the session that has this key, or what it became: a key that is gone never comes back. */
    async end({ send }: Operation, key: string): Promise<void> {
      for (let next: string | null = key; next !== null; next = await noteAt(send, next)) {
        if ((await send(["DEL", next], isDeleted)) === 1) return
      }
    },
  }
}
