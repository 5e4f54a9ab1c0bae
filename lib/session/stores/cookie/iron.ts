import type { SealForm } from "./seal-form"
import type { SealKeys } from "./seal-keys"

/** What opens seals, newest first; `keys` has at least one entry. */
export interface SealRing {
  /** The first one seals, too. */
  readonly keys: readonly SealKeys[]
  /** Per id, as an old seal names it. */
  readonly passwords: Readonly<Record<string, string>>
}

/** One runtime's library for iron's seals. Seals are text as iron-session writes it, with `~2` at the end. */
export interface Iron {
  seal(value: object): Promise<string>
  /**
   * @param seal a text that has the form
   * @returns what was sealed; undefined, or an object with nothing in it, for a seal that is not intact, or not by
   *   this ring
   */
  unseal(seal: string, form: SealForm): Promise<unknown>
}
