import { toBase64Url } from "../../core/random-id.ts"

/** The SHA-256 of a text as base64url, without padding; WebCrypto, for Node and the Edge runtime. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return toBase64Url(new Uint8Array(digest))
}
