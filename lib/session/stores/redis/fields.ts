import type { Content, SessionChanges } from "../../core/changes"
import { overAt } from "../../core/delivery"
import { expiryOfDelivery } from "../../core/take-flash"
import type { JsonObject } from "../../core/json"
import type { SaveMeta } from "../../core/store"
import type { SentChange } from "../too-large"

/**
 * One change to the hash: `set` a field, `trim` it, which sets it if it is still there, `drop` it, `add` to the
 * number in it, or `pull`: it must hold this.
 */
export type FieldChange = readonly [
  verb: "set" | "trim" | "drop" | "add" | "pull",
  field: string,
  value: string,
]

/** A key as JSON, because not every string survives UTF-8: a lone surrogate does not. */
const dataField = (key: string) => `data:${JSON.stringify(key)}`
const flashField = (id: string) => `flash:${id}`
const claimField = (id: string) => `claim:${id}`

/** The key that a field of data is named after. */
export function keyOfField(field: string): string {
  return String(JSON.parse(field.slice("data:".length)))
}

export function metaValue({ createdAt, expiresAt }: SaveMeta): string {
  return `${createdAt} ${expiresAt}`
}

/** The changes that write a whole session. */
export function setAll({ data, flash }: Content): FieldChange[] {
  return [...putData(data), ...addFlash(flash)]
}

export function sentChange(texts: FieldChange): SentChange {
  const [, field] = texts
  return { key: field.startsWith("data:") ? keyOfField(field) : undefined, texts }
}

/** When the first of these deliveries is over; `""` when none ever is. */
export function dueOf(flash: JsonObject): string {
  const times = Object.keys(flash).map((id) => overAt(expiryOfDelivery(flash, id), undefined))
  const due = Math.min(...times)
  return due === Infinity ? "" : String(due)
}

/** The changes that let a commit pass only while the entry holds what was pulled from it. */
export function pullChecks({ pulled = {} }: SessionChanges): FieldChange[] {
  return Object.entries(pulled).map(([key, value]) => ["pull", dataField(key), JSON.stringify(value)])
}

export function fieldChanges({
  put,
  forget,
  add,
  flash,
  trimFlash = {},
  dropFlash,
}: SessionChanges): FieldChange[] {
  const drop = (field: string): FieldChange => ["drop", field, ""]
  return [
    ...forget.map((key) => drop(dataField(key))),
    ...dropFlash.flatMap((id) => [drop(flashField(id)), drop(claimField(id))]),
    ...putData(put),
    ...Object.entries(add).map(([key, by]): FieldChange => ["add", dataField(key), String(by)]),
    ...addFlash(trimFlash, "trim"),
    ...addFlash(flash),
  ]
}

function putData(data: JsonObject): FieldChange[] {
  return Object.entries(data).map(([key, value]) => ["set", dataField(key), JSON.stringify(value)])
}

function addFlash(flash: JsonObject, verb: "set" | "trim" = "set"): FieldChange[] {
  return Object.entries(flash).map(([id, delivery]) => [
    verb,
    flashField(id),
    `${expiryOfDelivery(flash, id)} ${JSON.stringify(delivery)}`,
  ])
}
