import { SessionError } from "./errors"
import { MAX_VALUE_DEPTH } from "./limits"
import { printable } from "./printable"

/** What a session can hold: exactly what survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export type JsonObject = Record<string, Json>

/**
 * Returns a copy of `value` that shares nothing with it.
 *
 * @param name what to call the value in the error, for example `put("cart")`
 * @throws SessionError `SESSION_VALUE_NOT_JSON` for anything JSON would drop or change: undefined,
 *   NaN, Infinity, bigint, functions, symbols, Date, Map, class instances, cycles
 */
export function copyJson(value: unknown, name: string): Json {
  return copy(value, name, "", 0)
}

function copy(value: unknown, name: string, path: string, depth: number): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value
    throw notJson(name, path, String(value))
  }
  if (typeof value !== "object") throw notJson(name, path, typeof value)
  if (depth >= MAX_VALUE_DEPTH)
    throw notJson(name, path, `nested deeper than ${MAX_VALUE_DEPTH} levels or cyclic`)

  if (Array.isArray(value)) {
    return Array.from(value, (item, index) => copy(item, name, `${path}[${index}]`, depth + 1))
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw notJson(name, path, value.constructor?.name ?? "an object with a prototype")
  }
  // fromEntries defines own properties, so a key named __proto__ stays plain data.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, copy(item, name, `${path}.${key}`, depth + 1)]),
  )
}

/** A copy of a JSON value: no validation, and several times as fast as `structuredClone`. */
export function cloneJson(value: Json): Json {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(cloneJson)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneJson(item)]))
}

function notJson(name: string, path: string, found: string): SessionError {
  const place = path === "" ? "" : ` at "${printable(path.slice(0, 80))}"`
  return new SessionError(
    "SESSION_VALUE_NOT_JSON",
    `${printable(name)} was given a value that JSON cannot carry${place}: ${found}. ` +
      `Sessions hold strings, finite numbers, booleans, null, arrays and plain objects. ` +
      `Convert it first, for example date.toISOString() or Object.fromEntries(map).`,
  )
}

/** Structural equality of two JSON values; the order of an object's keys counts. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** Bytes of a value's JSON as UTF-8. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/**
 * An object of a map's entries: what `Object.fromEntries` makes of it, a key named __proto__ included, in a
 * quarter of the time, and in a form that JSON.stringify reads faster (V8 of Node 20 and 22).
 */
export function objectOf<Value>(map: ReadonlyMap<string, Value>): Record<string, Value> {
  const object: Record<string, Value> = {}
  for (const [key, value] of map) {
    if (key === "__proto__") {
      Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true })
    } else object[key] = value
  }
  return object
}

/** A copy without these keys. */
export function omitKeys(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}
