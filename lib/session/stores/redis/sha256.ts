import { toBase64Url } from "../../core/random-id.ts"

let nodeCrypto: Promise<typeof import("node:crypto")> | undefined

/**
 * The SHA-256 of a text as base64url, without padding. On Node without WebCrypto, whose way through
 * the thread pool takes longer than the hash.
 */
export async function sha256(text: string): Promise<string> {
  // Next replaces the condition by a constant and leaves the other runtime's code out of the bundle.
  if (process.env.NEXT_RUNTIME !== "edge") {
    const { createHash } = await (nodeCrypto ??= import("node:crypto"))
    return createHash("sha256").update(text).digest("base64url")
  }
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return toBase64Url(new Uint8Array(digest))
}
