import type { Content, SessionChanges } from "../../core/changes"
import type { FlashClaim } from "../../core/claim"
import { CLAIM_SETTLES_SECONDS, FINAL_CLAIM_SETTLES_SECONDS } from "../../core/delivery"
import type { Json, JsonObject } from "../../core/json"
import { expiryOfDelivery } from "../../core/take-flash"
import type { SentChange } from "../too-large"
import { toJsonb, toJsonbMembers, toJsonbText } from "./jsonb"

/** What is sent to Postgres, as JSON texts in the shapes that statements.ts describes. */

/** Of a whole session: its data, its flash, and when the first of its deliveries is over, or null. */
export function wholeTexts({ data, flash }: Content): [data: string, flash: string, due: string | null] {
  const times = Object.keys(flash).map((id) => expiryOfDelivery(flash, id) || Infinity)
  const due = Math.min(...times)
  return [
    JSON.stringify(toJsonbMembers(data)),
    JSON.stringify(toEntries(flash)),
    due === Infinity ? null : String(due),
  ]
}

export function changesText(changes: SessionChanges): string {
  const { put, forget, add, flash, trimFlash = {}, dropFlash, pulled = {} } = changes
  return JSON.stringify({
    pulled: toJsonbMembers(pulled),
    put: toJsonbMembers(put),
    forget: forget.map(toJsonbText),
    add: toJsonbMembers(add),
    flash: toEntries(flash),
    trimFlash: toEntries(trimFlash),
    dropFlash: dropFlash.map(toJsonbText),
  })
}

export function pulledText({ pulled = {} }: SessionChanges): string {
  return JSON.stringify(toJsonbMembers(pulled))
}

/**
 * The claims of a take, per delivery.
 *
 * @param nonce by which this take knows them for its own
 * @param now Unix time in whole seconds
 */
export function claimsText(claims: readonly FlashClaim[], nonce: string, now: number): string {
  const wanted = claims.map(({ id, by, over }) => {
    const settles = now + (by === "client" ? FINAL_CLAIM_SETTLES_SECONDS : CLAIM_SETTLES_SECONDS)
    return [toJsonbText(id), { over, claim: { by, at: now, nonce, settles } }] as const
  })
  return JSON.stringify(Object.fromEntries(wanted))
}

/** What a commit sends, for its size. */
export function sentChanges({ data, flash }: Content): SentChange[] {
  const sent = (object: JsonObject, isData: boolean) =>
    Object.entries(object).map(([key, value]) => ({
      key: isData ? key : undefined,
      texts: [key, JSON.stringify(value)],
    }))
  return [...sent(data, true), ...sent(flash, false)]
}

function toEntries(flash: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(flash).map(([id, delivery]): [string, Json] => [
      toJsonbText(id),
      { delivery: toJsonb(delivery), expires: expiryOfDelivery(flash, id) || null },
    ]),
  )
}
