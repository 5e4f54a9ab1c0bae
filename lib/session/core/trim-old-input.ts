import type { Delivery } from "./flash.ts"
import { jsonBytes } from "./json.ts"

export interface TrimmedInput {
  readonly pending: ReadonlyMap<string, Delivery>
  /** Names of the fields that are no longer given back. */
  readonly fields: readonly string[]
}

/**
 * Makes room by giving less of what people typed back: the longest fields go first, and each form
 * that lost one says so.
 *
 * @param bytes how many bytes of JSON to save
 * @returns undefined when there is nothing left to trim
 */
export function trimOldInput(
  pending: ReadonlyMap<string, Delivery>,
  bytes: number,
): TrimmedInput | undefined {
  const all = [...pending.values()].flatMap((delivery) => delivery.forms.flatMap((form) => form.old ?? []))
  const longestFirst = all
    .map((field) => ({ field, size: jsonBytes(field) }))
    .toSorted((a, b) => b.size - a.size)
  if (longestFirst.length === 0) return undefined

  const dropped = new Set<(typeof all)[number]>()
  let saved = 0
  for (const { field, size } of longestFirst) {
    if (saved >= bytes) break
    dropped.add(field)
    saved += size
  }
  const trim = (delivery: Delivery): Delivery => ({
    ...delivery,
    forms: delivery.forms.map((form) => {
      const old = form.old?.filter((field) => !dropped.has(field))
      return old === undefined || old.length === form.old?.length ? form : { ...form, old, trimmed: true }
    }),
  })
  return {
    pending: new Map([...pending].map(([id, delivery]) => [id, trim(delivery)])),
    fields: [...dropped].map(([name]) => name),
  }
}
