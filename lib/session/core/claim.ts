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
