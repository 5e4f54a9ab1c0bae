/** 192 random bits as 32 URL-safe characters (OWASP ASVS 7.2.3 asks for at least 128 bits). */
export function randomSessionId(): string {
  return randomBase64Url(24)
}

/** 96 random bits as 16 URL-safe characters. Names a flash delivery; grants nothing by itself. */
export function randomDeliveryId(): string {
  return randomBase64Url(12)
}

/** Whether `id` has the shape of an id this kit issues. Anything else costs no store request. */
export function isSessionId(id: string): boolean {
  return /^[\w-]{32}$/.test(id)
}

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
