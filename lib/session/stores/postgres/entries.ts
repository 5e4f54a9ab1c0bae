import type { Content } from "../../core/changes"
import type { FlashClaim } from "../../core/claim"
import { randomDeliveryId } from "../../core/random-id"
import type { SaveMeta, SessionCommit } from "../../core/store"
import { sha256 } from "../sha256"
import type { StoredRecord } from "../take-live"
import { refuseTooLarge } from "../too-large"
import { unexpected, type Ask } from "./ask"
import { changesText, claimsText, pulledText, sentChanges, wholeTexts } from "./content"
import { PostgresFailure } from "./failure"
import { objectIn, readRecord } from "./record"
import type { Statements } from "./statements"
import { readVerdict, type Verdict } from "./verdict"

/** Rows that one statement of `gc` removes, and how many such statements it sends: the rest is for the next one. */
const BATCH = 1000
const BATCHES = 10

/** The sessions of a table. Ids are hashed, so that a leaked dump holds none that opens anything. */
export function entriesOf(ask: Ask, statements: Statements, now: () => number) {
  const sent = (content: Content) => refuseTooLarge("Postgres", sentChanges(content))
  const times = ({ createdAt, expiresAt }: SaveMeta) => [String(createdAt), String(expiresAt)]

  return {
    /** Reads a session, claims deliveries and forgets what is over; undefined when there is none. */
    async take(id: string, claims: readonly FlashClaim[]): Promise<StoredRecord | undefined> {
      const nonce = claims.length === 0 ? "" : randomDeliveryId()
      const at = Math.floor(now())
      const values = [await sha256(id), String(at)]
      if (claims.length > 0) values.push(claimsText(claims, nonce, at))
      try {
        return await ask(
          claims.length > 0 ? statements.take : statements.read,
          () => values,
          (answer) => (answer === undefined ? undefined : readRecord(id, answer, claims, nonce, at)),
        )
      } catch (error) {
        if (!(error instanceof PostgresFailure && error.isReadOnly)) throw error
        // Whoever was told to show a message does, without a claim.
        return ask(
          statements.look,
          () => values.slice(0, 1),
          (answer) => (answer === undefined ? undefined : readRecord(id, answer, [], "", at)),
        )
      }
    },

    async change(from: string, { id: to, changes, meta }: SessionCommit): Promise<Verdict> {
      const { put, flash, trimFlash = {}, pulled = {} } = changes
      sent({ data: { ...pulled, ...put }, flash: { ...flash, ...trimFlash } })
      const nonce = randomDeliveryId()
      const before = [await sha256(from), await sha256(to), String(now()), nonce]
      const after = [changesText(changes), ...times(meta)]
      return ask(
        statements.change,
        (mayHaveRun) => [...before, String(mayHaveRun), ...after],
        (answer) => readVerdict(answer, changes),
      )
    },

    async wipe(from: string, { id: to, data, flash, changes, meta }: SessionCommit): Promise<Verdict> {
      sent({ data, flash })
      const ids = [await sha256(from), await sha256(to), String(now())]
      const values = [...ids, ...wholeTexts({ data, flash }), ...times(meta), pulledText(changes)]
      return ask(
        statements.wipe,
        () => values,
        (answer) => readVerdict(answer, { ...changes, add: {} }),
      )
    },

    async save(id: string, content: Content, meta: SaveMeta): Promise<void> {
      sent(content)
      const values = [await sha256(id), ...wholeTexts(content), ...times(meta)]
      await ask(
        statements.save,
        () => values,
        (answer) => {
          if (answer === undefined || objectIn(answer)["status"] !== "ok") throw unexpected()
        },
      )
    },

    /** Ends a session, or what it became a moment ago. */
    async end(id: string): Promise<void> {
      const values = [await sha256(id), String(now())]
      await ask(statements.destroy, () => values, countIn)
    },

    async collect(): Promise<void> {
      const values = [String(now()), String(BATCH)]
      for (let batch = 0; batch < BATCHES; batch += 1) {
        if ((await ask(statements.gc, () => values, countIn)) < BATCH) return
      }
    },

    /** @throws SessionError when the table is missing */
    async probe(): Promise<void> {
      await ask(statements.probe, () => [], countIn)
    },
  }
}

function countIn(answer: string | undefined): number {
  if (answer === undefined || !/^\d{1,9}$/.test(answer)) throw unexpected()
  return Number(answer)
}
