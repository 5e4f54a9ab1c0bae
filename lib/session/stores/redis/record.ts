import type { Content, SessionChanges } from "../../core/changes.ts"
import { expiryOfDelivery, isSettled, type Claimant } from "../../core/claim.ts"
import type { Json, JsonObject } from "../../core/json.ts"
import type { SaveMeta, StoredSession } from "../../core/store.ts"

/** One change to the hash: `set` a field, `drop` it, or `add` to the number in it. */
export type FieldChange = readonly [verb: "set" | "drop" | "add", field: string, value: string]

/** A key as JSON, because not every string survives UTF-8: a lone surrogate does not. */
const dataField = (key: string) => `data:${JSON.stringify(key)}`
const keyOf = (text: string) => String(parse(text))
export const keyOfField = (field: string) => keyOf(field.slice("data:".length))
const flashField = (id: string) => `flash:${id}`
const claimField = (id: string) => `claim:${id}`

export function metaValue({ createdAt, expiresAt }: SaveMeta): string {
  return `${createdAt} ${expiresAt}`
}

/** The changes that write a whole session. */
export function setAll({ data, flash }: Content): FieldChange[] {
  return [...putData(data), ...addFlash(flash)]
}

export function fieldChanges({ put, forget, add, flash, dropFlash }: SessionChanges): FieldChange[] {
  const drop = (field: string): FieldChange => ["drop", field, ""]
  return [
    ...forget.map((key) => drop(dataField(key))),
    ...dropFlash.flatMap((id) => [drop(flashField(id)), drop(claimField(id))]),
    ...putData(put),
    ...Object.entries(add).map(([key, by]): FieldChange => ["add", dataField(key), String(by)]),
    ...addFlash(flash),
  ]
}

function putData(data: JsonObject): FieldChange[] {
  return Object.entries(data).map(([key, value]) => ["set", dataField(key), JSON.stringify(value)])
}

function addFlash(flash: JsonObject): FieldChange[] {
  return Object.entries(flash).map(([id, delivery]) => [
    "set",
    flashField(id),
    `${expiryOfDelivery(flash, id)} ${JSON.stringify(delivery)}`,
  ])
}

/** A session as the hash holds it. */
export interface RedisRecord extends StoredSession {
  /** Unix time in seconds. */
  readonly expiresAt: number
}

/**
 * Reads what HGETALL answers: fields and values in turn.
 *
 * @param nonce the claims made by this operation are its own
 * @returns undefined when it is no session
 */
export function readRecord(id: string, reply: unknown, nonce: string, now: number): RedisRecord | undefined {
  if (!Array.isArray(reply)) return undefined
  const fields = new Map(pairs(reply.map(String)))
  const [createdAt = NaN, expiresAt = NaN] = (fields.get("meta") ?? "").split(" ").map(Number)
  if (!Number.isFinite(createdAt) || !Number.isFinite(expiresAt)) return undefined

  const part = (prefix: string) =>
    [...fields].flatMap(([field, value]): [string, string][] =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), value]] : [],
    )
  const others = part("claim:").filter(([, claim]) => !claim.endsWith(` ${nonce}`))
  const taken = new Set(others.map(([delivery]) => delivery))
  return {
    id,
    createdAt,
    expiresAt,
    data: jsonEntries(part("data:").map(([key, value]) => [keyOf(key), value])),
    flash: jsonEntries(
      part("flash:")
        .filter(([delivery]) => !taken.has(delivery))
        .map(([delivery, value]) => [delivery, value.slice(value.indexOf(" ") + 1)]),
    ),
    claimed: others.map(([delivery, claim]) => {
      const [by, at] = claim.split(" ")
      return { id: delivery, settled: isSettled({ by: by as Claimant, at: Number(at) }, now) }
    }),
  }
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((field, at): [string, string][] => (at % 2 === 0 ? [[field, flat[at + 1] ?? ""]] : []))
}

/** Values that are not JSON were not written by us; they are left out. */
function jsonEntries(entries: readonly (readonly [string, string])[]): JsonObject {
  return Object.fromEntries(
    entries.flatMap(([key, text]): [string, Json][] => {
      const value = parse(text)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
