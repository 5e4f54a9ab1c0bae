import { isReplyError } from "./commands"
import type { IsReply } from "./replies"
import type { SendRetried } from "./with-retries"

/** Runs a script as part of an operation, by whose `send` it goes. */
export type RunScript = <Reply>(
  send: SendRetried,
  script: string,
  keys: readonly string[],
  args: readonly string[],
  isReply: IsReply<Reply>,
) => Promise<Reply>

/**
 * Upstash runs a script under a lock on the whole database unless its first line declares that it
 * touches no other keys than those it was given. Every other Redis refuses that line.
 */
const KEY_LOCKING = "#!lua flags=allow-key-locking"

/**
 * Runs scripts by their hash, so that a request carries 40 bytes instead of the text. A server that
 * does not have the script is sent it, once; one that refuses the first line is remembered.
 */
export function scriptRunner(): RunScript {
  let firstLine = KEY_LOCKING
  const prepared = new Map<string, { text: string; hash: Promise<string> }>()
  const prepare = (script: string) => {
    const known = prepared.get(script)
    if (known !== undefined) return known
    const text = firstLine + script
    const made = { text, hash: sha1(text) }
    prepared.set(script, made)
    return made
  }

  return async function run(send, script, keys, args, isReply) {
    const { text, hash } = prepare(script)
    const rest = [String(keys.length), ...keys, ...args]
    try {
      return await send(["EVALSHA", await hash, ...rest], isReply)
    } catch (error) {
      if (!isReplyError(error) || error.kind !== "NOSCRIPT") throw error
    }
    try {
      return await send(["EVAL", text, ...rest], isReply)
    } catch (error) {
      const isRefused = isReplyError(error) && error.refusesFlags
      if (!isRefused || text === script) throw error
      firstLine = ""
      prepared.clear()
      return send(["EVAL", script, ...rest], isReply)
    }
  }
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
