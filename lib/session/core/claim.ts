import { isJsonObject, omitKeys, type JsonObject } from "./json"

/**
 * Who takes a flash from a store that several requests reach at once. Of any number of documents
 * exactly one may show it, so the store keeps, beside each delivery, who claimed it.
 */
export type Claimant =
  /** A render inside an action's own response. It may never reach the browser, so it gives way. */
  | "action"
  /** A document a person opened. */
  | "document"
  /** Our client code, on the page where the flash is to be shown. Final. */
  | "client"

/** A request's claim on one delivery. */
export interface FlashClaim {
  readonly id: string
  readonly by: Claimant
  /** Whose earlier claim gives way to this one. */
  readonly over: readonly Claimant[]
}

/** A claim the store keeps. `at` is Unix time in seconds. */
export interface KeptClaim {
  readonly by: Claimant
  readonly at: number
}

/** How long a render inside an action's response is given to reach the browser, in seconds. */
export const ACTION_CLAIM_SECONDS = 10

/**
 * How long a document's claim can still be found to have shown nothing, in seconds: the client code
 * may find that the document redirected while it rendered, or had no banner.
 */
export const CLAIM_SETTLES_SECONDS = 60

/** How long client code that did not hear the answer to its final claim may go on asking, in seconds. */
export const FINAL_CLAIM_SETTLES_SECONDS = 10

/** Whether a new claim wins over the one the store keeps. */
export function winsClaim(claim: FlashClaim, kept: KeptClaim | undefined, now: number): boolean {
  if (kept === undefined || claim.over.includes(kept.by)) return true
  return kept.by === "action" && now - kept.at >= ACTION_CLAIM_SECONDS
}

/**
 * Unix time in seconds from which a delivery is over, so that the next read forgets it together with its
 * claim: it expired, or whoever claimed it can be sure to have it.
 *
 * @param expiresAt of the delivery; 0 when it has no such time, undefined when there is no delivery
 */
export function overAt(expiresAt: number | undefined, claim: KeptClaim | undefined): number {
  if (expiresAt === undefined) return 0
  const expires = expiresAt === 0 ? Infinity : expiresAt
  if (claim === undefined) return expires
  const settles = claim.by === "client" ? FINAL_CLAIM_SETTLES_SECONDS : CLAIM_SETTLES_SECONDS
  return Math.min(expires, claim.at + settles)
}

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
