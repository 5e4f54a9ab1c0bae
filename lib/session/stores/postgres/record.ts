import { overAt } from "../../core/delivery"
import type { Claimant, FlashClaim } from "../../core/claim"
import { isJsonObject, type Json, type JsonObject } from "../../core/json"
import type { StoredRecord } from "../take-live"
import { unexpected } from "./ask"
import { parseJsonb } from "./jsonb"

interface Entry {
  readonly id: string
  readonly delivery: Json
  /** Whether somebody else has claimed it. */
  readonly isTaken: boolean
  readonly isClaimed: boolean
  readonly isOver: boolean
}

/**
 * Reads what the statement `take` answers.
 *
 * @param nonce the claims made by this operation are its own
 * @param now as the statement was told, Unix time in seconds
 * @throws PostgresFailure when it is no such answer
 */
export function readRecord(
  id: string,
  answer: string,
  claims: readonly FlashClaim[],
  nonce: string,
  now: number,
): StoredRecord {
  const { data, flash, createdAt, expiresAt, isLocked } = objectIn(answer)
  if (!isJsonObject(data) || !isJsonObject(flash) || typeof isLocked !== "boolean") throw unexpected()
  if (typeof createdAt !== "number" || typeof expiresAt !== "number") throw unexpected()

  const wanted = new Set(claims.map((claim) => claim.id))
  const entries = Object.entries(flash).map(([name, value]): Entry => {
    if (!isJsonObject(value)) throw unexpected()
    const isClaimed = value["by"] !== undefined
    const isOwn = value["nonce"] === nonce
    return {
      id: name,
      delivery: value["delivery"] ?? null,
      isClaimed,
      // Asked for, and the row could not be locked: the session ended meanwhile, or has another id by now.
      isTaken: !isOwn && (isClaimed || (!isLocked && wanted.has(name))),
      isOver: overOf(value) <= now,
    }
  })
  const flashOf = (some: readonly Entry[]) =>
    Object.fromEntries(some.map(({ id: name, delivery }) => [name, delivery]))
  return {
    id,
    createdAt,
    expiresAt,
    data,
    flash: flashOf(entries.filter(({ isTaken, isOver }) => !isTaken && !isOver)),
    claimed: entries
      .filter(({ isTaken, isOver }) => isTaken && !isOver)
      .map(({ id: name }) => ({ id: name, settled: false })),
    // A row that was not locked is none of which this take has removed anything.
    expired: flashOf(entries.filter(({ isClaimed, isOver }) => isLocked && !isClaimed && isOver)),
  }
}

/** The members of an answer. */
export function objectIn(answer: string): JsonObject {
  try {
    const value = parseJsonb(answer)
    if (isJsonObject(value)) return value
  } catch {
    // No JSON.
  }
  throw unexpected()
}

function overOf({ expires, by, at }: JsonObject): number {
  const claim = typeof by === "string" ? { by: by as Claimant, at: Number(at) } : undefined
  return overAt(typeof expires === "number" ? expires : 0, claim)
}
