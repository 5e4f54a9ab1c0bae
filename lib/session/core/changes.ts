import { deliveriesToJson, type Delivery } from "./flash"
import { SessionError } from "./errors"
import { omitKeys, sameJson, type Json, type JsonObject } from "./json"
import { printable } from "./printable"
import type { SessionState } from "./state"

/** What one request changed, and nothing of what it merely read. */
export interface SessionChanges extends DataChanges {
  /**
   * Values that `pull` gave this request, per key. Nothing may be committed unless each is still there as
   * it was: of several requests that pulled one, only one can keep what it made of it.
   */
  readonly pulled?: JsonObject
  /** Deliveries to add, per id. */
  readonly flash: JsonObject
  /**
   * Deliveries of which less is kept from now on, per id, whole. One that the entry no longer holds stays gone:
   * somebody has it.
   */
  readonly trimFlash?: JsonObject
  /** Ids of deliveries that are over. */
  readonly dropFlash: readonly string[]
}

export interface DataChanges {
  /** New values, per key. */
  readonly put: JsonObject
  /** Keys that are gone. */
  readonly forget: readonly string[]
  /** What to add to numbers, per key. A missing one counts as 0. */
  readonly add: Readonly<Record<string, number>>
}

/** Compares a request's data with what was loaded: a value put back as it was is no change. */
export function compareData({ data, storedData, added }: SessionState): DataChanges {
  if (data === storedData) return { put: {}, forget: [], add: {} }
  const add = [...added].filter(([, by]) => by !== 0)
  const isAdded = new Set(add.map(([key]) => key))
  const put = [...data].filter(([key, value]) => !isAdded.has(key) && !sameJson(value, storedData.get(key)))
  return {
    put: Object.fromEntries(put),
    forget: [...storedData.keys()].filter((key) => !data.has(key)),
    add: Object.fromEntries(add),
  }
}

/**
 * The change set of a commit.
 *
 * @param before the state that is committed
 * @param waiting the deliveries the store holds once the commit is done
 */
export function sessionChanges(
  before: SessionState,
  data: DataChanges,
  waiting: ReadonlyMap<string, Delivery>,
): SessionChanges {
  const over = [...before.flash.waiting.keys()].filter((id) => !waiting.has(id))
  const isTrimmed = ([id, delivery]: readonly [string, Delivery]) =>
    before.flash.waiting.has(id) && before.flash.waiting.get(id) !== delivery
  const trimmed = new Map([...waiting].filter(isTrimmed))
  const settled = [...before.flash.claimed].filter(([, isSettled]) => isSettled).map(([id]) => id)
  return {
    ...data,
    pulled: Object.fromEntries(before.pulled),
    flash: deliveriesToJson(new Map([...waiting].filter(([id]) => !before.flash.waiting.has(id)))),
    ...(trimmed.size > 0 && { trimFlash: deliveriesToJson(trimmed) }),
    dropFlash: [...over, ...settled],
  }
}

export interface Content {
  readonly data: JsonObject
  readonly flash: JsonObject
}

/**
 * What a store's `commit` amounts to; one that locks its entry meanwhile can call it.
 *
 * @returns what the entry holds from now on, and the sums that `changes.add` came to
 * @throws SessionError `SESSION_VALUE_NOT_NUMBER` when it would add to something else,
 *   `SESSION_ALREADY_PULLED`
 */
export function applyChanges(
  { data, flash }: Content,
  { put, forget, add, flash: added, trimFlash = {}, dropFlash, pulled = {} }: SessionChanges,
): Content & { readonly sums: Readonly<Record<string, number>> } {
  refuseSecondPull(data, pulled)
  const sums = Object.fromEntries(Object.entries(add).map(([key, by]) => [key, numberAt(data, key) + by]))
  const trimmed = Object.entries(trimFlash).filter(([id]) => Object.hasOwn(flash, id))
  return {
    data: { ...omitKeys(data, forget), ...put, ...sums },
    flash: { ...omitKeys({ ...flash, ...Object.fromEntries(trimmed) }, dropFlash), ...added },
    sums,
  }
}

/** @throws SessionError `SESSION_ALREADY_PULLED` unless the entry still holds what a request pulled from it */
export function refuseSecondPull(data: JsonObject, pulled: JsonObject): void {
  for (const [key, value] of Object.entries(pulled)) {
    const held = Object.hasOwn(data, key) ? data[key] : undefined
    if (!sameJson(held, value)) throw alreadyPulled(key)
  }
}

function numberAt(data: JsonObject, key: string): number {
  const value: Json | undefined = Object.hasOwn(data, key) ? data[key] : 0
  if (typeof value === "number") return value
  throw notNumber(key)
}

/** The error for `increment` on something that is no number. */
export function notNumber(key: string): SessionError {
  return new SessionError(
    "SESSION_VALUE_NOT_NUMBER",
    `increment("${printable(key)}") needs a number, and the session holds something else there. ` +
      `Put a number first, or use another key.`,
  )
}

/** The error for a value that two requests pulled: the other one was faster. */
export function alreadyPulled(key: string): SessionError {
  return new SessionError(
    "SESSION_ALREADY_PULLED",
    `pull("${key}") gave this request a value that another request had taken or replaced by the time this ` +
      `one was done. A pulled value is for one request, so nothing of this one was written. Start again ` +
      `from where the value is made.`,
  )
}
