import { isJsonObject, omitKeys, type JsonObject } from "./json.ts"

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

/** Whether a new claim wins over the one the store keeps. */
export function winsClaim(claim: FlashClaim, kept: KeptClaim | undefined, now: number): boolean {
  if (kept === undefined || claim.over.includes(kept.by)) return true
  return kept.by === "action" && now - kept.at >= ACTION_CLAIM_SECONDS
}

/** Whether nothing can take a claimed delivery any more, so that it may be forgotten. */
export function isSettled(kept: KeptClaim, now: number): boolean {
  return kept.by === "client" || now - kept.at >= CLAIM_SETTLES_SECONDS
}

export interface TakenFlash {
  /** What nobody else has claimed. */
  readonly flash: JsonObject
  /** What the store has to keep from now on. */
  readonly claims: ReadonlyMap<string, KeptClaim>
  readonly claimed: readonly { readonly id: string; readonly settled: boolean }[]
}

/**
 * What a store's `take` amounts to; one that locks its entry meanwhile can call it. An expired
 * delivery cannot be claimed.
 *
 * @param flash the deliveries the entry holds, per id
 * @param kept the claims it holds
 * @param now Unix time in seconds
 */
export function takeFlash(
  flash: JsonObject,
  kept: ReadonlyMap<string, KeptClaim>,
  wanted: readonly FlashClaim[],
  now: number,
): TakenFlash {
  const claims = new Map(kept)
  const granted = new Set<string>()
  for (const claim of wanted) {
    if (expiryOfDelivery(flash, claim.id) <= now || !winsClaim(claim, claims.get(claim.id), now)) continue
    claims.set(claim.id, { by: claim.by, at: now })
    granted.add(claim.id)
  }
  const taken = [...claims].filter(([id]) => !granted.has(id))
  return {
    flash: omitKeys(
      flash,
      taken.map(([id]) => id),
    ),
    claims,
    claimed: taken.map(([id, claim]) => ({ id, settled: isSettled(claim, now) })),
  }
}

/** Unix time in seconds; 0 when there is no such delivery. */
export function expiryOfDelivery(flash: JsonObject, id: string): number {
  const delivery = Object.hasOwn(flash, id) ? flash[id] : undefined
  return isJsonObject(delivery) && typeof delivery.expiresAt === "number" ? delivery.expiresAt : 0
}
