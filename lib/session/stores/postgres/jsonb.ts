import { isJsonObject, omitKeys, type Json, type JsonObject } from "../../core/json"

/**
 * Values as Postgres's `jsonb` can hold them. It refuses two things that a JavaScript string may contain, the
 * character 0 and half of a surrogate pair, and it orders an object's keys anew. All else it gives back as it was,
 * and is written as it is, for the application's own SQL to read.
 *
 * U+001A, "substitute", is the character that stands for one that cannot be had. Before four hexadecimal digits it
 * stands for that UTF-16 unit; itself it is written so as well. Alone it is a key, which no text can become: it
 * names an object's keys in their order, where `jsonb` has another one.
 */
const SUBSTITUTE = "\u001A"

/** With `u`, a surrogate is one that has no partner. */
const UNFIT = new RegExp(`[\\0${SUBSTITUTE}\\p{Surrogate}]`, "gu")
const SUBSTITUTED = new RegExp(`${SUBSTITUTE}([0-9a-f]{4})`, "g")

/** A text as `jsonb` can hold it, be it a key or a value. */
export function toJsonbText(text: string): string {
  return text.replace(UNFIT, (unit) => SUBSTITUTE + unit.charCodeAt(0).toString(16).padStart(4, "0"))
}

export function fromJsonbText(text: string): string {
  return text.replace(SUBSTITUTED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

export function toJsonb(value: Json): Json {
  if (typeof value === "string") return toJsonbText(value)
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(toJsonb)
  const members = toJsonbMembers(value)
  const keys = Object.keys(members)
  return isInOrder(keys) ? members : { ...members, [SUBSTITUTE]: keys }
}

/** An object whose keys have no order that is kept: what a session holds, per key. */
export function toJsonbMembers(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [toJsonbText(key), toJsonb(item)]))
}

/**
 * The value of a JSON text that Postgres wrote, with all that `toJsonb` made of its parts undone.
 *
 * @throws SyntaxError when it is no JSON
 */
export function parseJsonb(text: string): Json {
  const value = JSON.parse(text) as Json
  // So Postgres writes that character, wherever it stands.
  return text.includes("\\u001a") ? fromJsonb(value) : value
}

function fromJsonb(value: Json): Json {
  if (typeof value === "string") return fromJsonbText(value)
  if (Array.isArray(value)) return value.map(fromJsonb)
  if (!isJsonObject(value)) return value
  const order = Object.hasOwn(value, SUBSTITUTE) ? value[SUBSTITUTE] : undefined
  const members = omitKeys(value, [SUBSTITUTE])
  const isThere = (key: Json): key is string => typeof key === "string" && Object.hasOwn(members, key)
  // Other SQL may have added a key, which comes last, or removed one.
  const named = Array.isArray(order) ? order.filter(isThere) : []
  const keys = new Set([...named, ...Object.keys(members)])
  return Object.fromEntries([...keys].map((key) => [fromJsonbText(key), fromJsonb(members[key]!)]))
}

/** Whether `jsonb` keeps these keys as they stand: it has shorter ones first, and those as long by their bytes. */
function isInOrder(keys: readonly string[]): boolean {
  if (keys.length < 2) return true
  const bytes = keys.map((key) => new TextEncoder().encode(key))
  return bytes.every((key, at) => at === 0 || isBefore(bytes[at - 1]!, key))
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return a.length < b.length
  const at = a.findIndex((byte, index) => byte !== b[index])
  return at !== -1 && a[at]! < b[at]!
}
