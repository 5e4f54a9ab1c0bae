import type { Ask } from "./ask"
import type { IsReply } from "./replies"
import { scriptRunner } from "./run-script"
import { withRetries, type SendRetried } from "./with-retries"

/** One thing the store was asked to do. All its commands share a deadline. */
export interface Operation {
  readonly send: SendRetried
  /** Runs a script; numbers among its arguments become text. */
  run<Reply>(
    script: string,
    keys: readonly string[],
    args: readonly (string | number)[],
    isReply: IsReply<Reply>,
  ): Promise<Reply>
}

/**
 * Starts operations on one database.
 *
 * @param timeoutMilliseconds how long each may take
 */
export function operationsOn(ask: Ask, timeoutMilliseconds: number): () => Operation {
  const startSending = withRetries(ask, timeoutMilliseconds)
  const runScript = scriptRunner()
  return () => {
    const send = startSending()
    return {
      send,
      run: (script, keys, args, isReply) => runScript(send, script, keys, args.map(String), isReply),
    }
  }
}
