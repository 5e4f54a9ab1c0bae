import type { FlashClaim, KeptClaim } from "./claim"
import { overAt, winsClaim } from "./delivery"
import { isJsonObject, omitKeys, type JsonObject } from "./json"

export interface TakenFlash {
  /** What nobody else has claimed. */
  readonly flash: JsonObject
  /** What others have claimed. */
  readonly claimed: readonly { readonly id: string; readonly settled: boolean }[]
  /** What nobody came for in time. It is in `kept` no more, so that it is told of once. */
  readonly expired: JsonObject
  /** The deliveries the store has to keep from now on. */
  readonly kept: JsonObject
  /** The claims the store has to keep from now on. */
  readonly claims: ReadonlyMap<string, KeptClaim>
}

/**
 * What a store's `take` amounts to; one that locks its entry meanwhile can call it. An expired
 * delivery cannot be claimed.
 *
 * @param flash the deliveries the entry holds, per id
 * @param held the claims it holds
 * @param now Unix time in seconds
 */
export function takeFlash(
  flash: JsonObject,
  held: ReadonlyMap<string, KeptClaim>,
  wanted: readonly FlashClaim[],
  now: number,
): TakenFlash {
  const claims = new Map(held)
  const granted = new Set<string>()
  for (const claim of wanted) {
    if (expiryOfDelivery(flash, claim.id) <= now || !winsClaim(claim, claims.get(claim.id), now)) continue
    claims.set(claim.id, { by: claim.by, at: now })
    granted.add(claim.id)
  }
  const isOver = (id: string) => {
    const expiresAt = Object.hasOwn(flash, id) ? expiryOfDelivery(flash, id) : undefined
    return overAt(expiresAt, claims.get(id)) <= now
  }
  const over = [...new Set([...Object.keys(flash), ...claims.keys()])].filter(isOver)
  const expired = Object.fromEntries(
    Object.entries(flash).filter(([id]) => over.includes(id) && !claims.has(id)),
  )
  for (const id of over) claims.delete(id)
  const kept = omitKeys(flash, over)
  const taken = [...claims.keys()].filter((id) => !granted.has(id))
  return {
    flash: omitKeys(kept, taken),
    claimed: taken.map((id) => ({ id, settled: false })),
    expired,
    kept,
    claims,
  }
}

/** Unix time in whole seconds; 0 when there is no such delivery, or it names no time. */
export function expiryOfDelivery(flash: JsonObject, id: string): number {
  const delivery = Object.hasOwn(flash, id) ? flash[id] : undefined
  const { expiresAt } = isJsonObject(delivery) ? delivery : {}
  if (typeof expiresAt !== "number" || expiresAt < 0) return 0
  return Math.min(Math.floor(expiresAt), Number.MAX_SAFE_INTEGER)
}
