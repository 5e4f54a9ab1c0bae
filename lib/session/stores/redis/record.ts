import type { Content, SessionChanges } from "../../core/changes.ts"
import { expiryOfDelivery, isSettled, type Claimant } from "../../core/claim.ts"
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts"
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
  let meta = ""
  const data: [json: string, value: string][] = []
  const deliveries: [id: string, value: string][] = []
  const others = new Map<string, string>()
  for (let at = 0; at + 1 < reply.length; at += 2) {
    const [field, value] = [String(reply[at]), String(reply[at + 1])]
    const name = field.slice(field.indexOf(":") + 1)
    if (field === "meta") meta = value
    else if (field.startsWith("data:")) data.push([name, value])
    else if (field.startsWith("flash:")) deliveries.push([name, value.slice(value.indexOf(" ") + 1)])
    else if (field.startsWith("claim:") && !value.endsWith(` ${nonce}`)) others.set(name, value)
  }
  const [createdAt = NaN, expiresAt = NaN] = meta.split(" ").map(Number)
  if (!Number.isFinite(createdAt) || !Number.isFinite(expiresAt)) return undefined

  const free = deliveries.filter(([delivery]) => !others.has(delivery))
  return {
    id,
    createdAt,
    expiresAt,
    data: jsonObject(data),
    flash: jsonObject(free.map(([delivery, value]) => [JSON.stringify(delivery), value])),
    claimed: [...others].map(([delivery, claim]) => {
      const [by, at] = claim.split(" ")
      return { id: delivery, settled: isSettled({ by: by as Claimant, at: Number(at) }, now) }
    }),
  }
}

/** From members that are JSON already. What is not was not written by us and is left out. */
function jsonObject(members: readonly (readonly [name: string, value: string])[]): JsonObject {
  const whole = parse(`{${members.map(([name, value]) => `${name}:${value}`).join()}}`)
  if (isJsonObject(whole) && Object.keys(whole).length === members.length) return whole
  return Object.fromEntries(
    members.flatMap(([name, text]): [string, Json][] => {
      const value = parse(text)
      return value === undefined ? [] : [[keyOf(name), value]]
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
