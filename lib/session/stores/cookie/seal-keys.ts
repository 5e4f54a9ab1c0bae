/** What seals and opens for one purpose, by one secret: two keys, for one key should not do two things. */
export interface SealKeys {
  /** Names them inside a seal: `k` and eight hexadecimal digits. No password's id looks like it. */
  readonly id: string
  /** 32 bytes, for AES-256-CBC. */
  readonly encryption: Uint8Array<ArrayBuffer>
  /** 32 bytes, for HMAC-SHA-256. */
  readonly integrity: Uint8Array<ArrayBuffer>
}

/**
 * HKDF-SHA-256 over the secret, without a salt, with the purpose in what RFC 5869 calls `info`. It stretches
 * nothing, and need not: secrets that somebody could guess are refused before.
 *
 * The id is derived as well, rather than the place in a list of secrets, so that a seal still finds its keys
 * after the list was rotated; it says nothing about them.
 */
export async function deriveSealKeys(purpose: string, secret: string): Promise<SealKeys> {
  const key = await crypto.subtle.importKey("raw", utf8(secret), "HKDF", false, ["deriveBits"])
  const derive = async (what: string, bytes: number) => {
    const info = utf8(`${purpose}:${what}`)
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }
    return new Uint8Array(await crypto.subtle.deriveBits(hkdf, key, bytes * 8))
  }
  const [id, encryption, integrity] = await Promise.all([
    derive("id", 4),
    derive("encryption", 32),
    derive("integrity", 32),
  ])
  return { id: `k${hexadecimal(id)}`, encryption, integrity }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
