import { SessionError } from "../../core/errors"
import { ATTEMPTS, isRefusedConnection, patienceOf } from "../patience"
import type { Ask, Attempt } from "./ask"
import { isPassing, isReplyError } from "./commands"
import type { IsReply } from "./replies"

/** Sends one of the commands that an operation takes; resolves to nothing but a reply it can have. */
export type SendRetried = <Reply>(command: readonly string[], isReply: IsReply<Reply>) => Promise<Reply>

/**
 * Repeats a command whose fate is unknown: no answer in time, a broken connection, an answer that is
 * none or not one of this command's. Safe because every operation carries a nonce, or may be carried out twice.
 *
 * @param timeoutMilliseconds how long an operation may take, with all its commands and their attempts
 * @returns a function that starts an operation
 */
export function withRetries(ask: Ask, timeoutMilliseconds: number): () => SendRetried {
  return () => {
    const patience = patienceOf(timeoutMilliseconds)
    return async (command, isReply) => {
      for (;;) {
        // A lost answer leaves time for two more.
        const milliseconds = Math.min(timeoutMilliseconds / ATTEMPTS, patience.left())
        if (milliseconds <= 0) throw late()
        try {
          const reply = await inTime((attempt) => ask(command, attempt), milliseconds)
          if (isReply(reply)) return reply
          throw new Error("an unexpected answer")
        } catch (error) {
          if (error instanceof SessionError || (isReplyError(error) && !isPassing(error))) throw error
          await patience.pause(error, isAway(error))
        }
      }
    }
  }
}

/** Nobody is there, or Redis has not read its data yet. */
function isAway(error: unknown): boolean {
  return isReplyError(error) ? error.kind === "LOADING" : isRefusedConnection(error)
}

/** Gives up after so long, also on a client that does not heed being told. */
function inTime<Reply>(start: (attempt: Attempt) => Promise<Reply>, milliseconds: number): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let controller: AbortController | undefined
    const attempt: Attempt = {
      // Made when asked for: a signal costs more than all the rest of this.
      get signal() {
        controller ??= new AbortController()
        return controller.signal
      },
      whenLate: undefined,
    }
    const timer = setTimeout(() => {
      controller?.abort()
      attempt.whenLate?.()
      // Not at once: a client that was told may say what kept it.
      setTimeout(() => reject(late()))
    }, milliseconds)
    start(attempt).then(
      (reply) => {
        clearTimeout(timer)
        resolve(reply)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error as Error)
      },
    )
  })
}

function late(): Error {
  return new Error("no answer in time")
}
