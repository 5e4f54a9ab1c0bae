import { isJsonObject, type JsonObject } from "./json"

/** Application data and flash, side by side. Neither can shadow the other. */
export interface Payload {
  data: JsonObject
  flash: JsonObject
}

/**
 * Serialises a session as JSON with exactly two keys, `_data` and `_flash`.
 * Source: glimr/session `encode_payload`.
 */
export function encodePayload(data: JsonObject, flash: JsonObject): string {
  return JSON.stringify(toPayloadObject(data, flash))
}

/**
 * The inverse of `encodePayload`. Never throws: text that does not parse, or has the wrong shape,
 * gives empty maps; a payload with only one of the two keys loads the other empty.
 * Source: glimr/session `decode_payload`.
 */
export function decodePayload(json: string): Payload {
  try {
    return fromPayloadObject(JSON.parse(json))
  } catch {
    return { data: {}, flash: {} }
  }
}

/** The object `encodePayload` serialises, for stores that seal objects rather than text. */
export function toPayloadObject(data: JsonObject, flash: JsonObject): JsonObject {
  return { _data: data, _flash: flash }
}

/** Reads what `toPayloadObject` made; anything else gives empty maps. */
export function fromPayloadObject(value: unknown): Payload {
  return { data: objectAt(value, "_data"), flash: objectAt(value, "_flash") }
}

function objectAt(value: unknown, key: string): JsonObject {
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return {}
  const member = value[key]
  return isJsonObject(member) ? member : {}
}
