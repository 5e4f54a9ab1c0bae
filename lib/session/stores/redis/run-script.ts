import { RedisReplyError, type SendCommand } from "./commands.ts"

export type RunScript = (script: string, keys: readonly string[], args: readonly string[]) => Promise<unknown>

/**
 * Upstash runs a script under a lock on the whole database unless its first line declares that it
 * touches no other keys than those it was given. Every other Redis refuses that line.
 */
const KEY_LOCKING = "#!lua flags=allow-key-locking"

/**
 * Runs scripts by their hash, so that a request carries 40 bytes instead of the text. A server that
 * does not have the script is sent it, once; one that refuses the first line is remembered.
 */
export function scriptRunner(send: SendCommand): RunScript {
  let flagged = true
  const hashes = new Map<string, Promise<string>>()
  const hashOf = (text: string) => {
    const known = hashes.get(text) ?? sha1(text)
    hashes.set(text, known)
    return known
  }

  return async function run(script, keys, args) {
    const text = flagged ? KEY_LOCKING + script : script
    const rest = [String(keys.length), ...keys, ...args]
    try {
      return await send(["EVALSHA", await hashOf(text), ...rest])
    } catch (error) {
      if (!(error instanceof RedisReplyError) || error.kind !== "NOSCRIPT") throw error
    }
    try {
      return await send(["EVAL", text, ...rest])
    } catch (error) {
      if (!(error instanceof RedisReplyError) || !error.refusesFlags) throw error
      flagged = false
      return send(["EVAL", script, ...rest])
    }
  }
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
