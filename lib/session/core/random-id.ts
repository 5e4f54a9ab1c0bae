/**
 * A tag of 4 characters and a secret of 32: 192 random bits, URL-safe (OWASP ASVS 7.2.3 asks for at least 128).
 * The tag is random as well, but no secret: it stays when a session is given a new id, so that a store of many
 * machines finds both ids on the same one.
 */
export function randomSessionId(): string {
  return randomBase64Url(TAG_BYTES + SECRET_BYTES)
}

/** An id with the tag of this one and a secret of its own; any id, where this one has no tag. */
export function nextSessionId(id: string): string {
  const tag = tagOfSession(id)
  return tag === "" ? randomSessionId() : tag + randomBase64Url(SECRET_BYTES)
}

/** The part of an id that stays; `""` for an id of an earlier version, which is a secret alone. */
export function tagOfSession(id: string): string {
  return id.slice(0, -SECRET_CHARACTERS)
}

/** 96 random bits as 16 URL-safe characters. Names a flash delivery; grants nothing by itself. */
export function randomDeliveryId(): string {
  return randomBase64Url(12)
}

/** Whether `id` has the shape of an id this kit issues. Anything else costs no store request. */
export function isSessionId(id: string): boolean {
  return /^([\w-]{4})?[\w-]{32}$/.test(id)
}

const TAG_BYTES = 3
const SECRET_BYTES = 24
const SECRET_CHARACTERS = 32

function randomBase64Url(byteCount: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(byteCount)))
}

/** Without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")
}
