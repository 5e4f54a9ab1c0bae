import { SessionError } from "../../core/errors"
import type { Ask, Attempt } from "./ask"
import { isPassing, isReplyError } from "./commands"
import type { IsReply } from "./replies"

/** How many of its commands may fail before an operation does. */
const ATTEMPTS = 3

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
    const deadline = performance.now() + timeoutMilliseconds
    let failures = 0
    return async (command, isReply) => {
      for (;;) {
        // A lost answer leaves time for two more.
        const patience = Math.min(timeoutMilliseconds / ATTEMPTS, deadline - performance.now())
        if (patience <= 0) throw late()
        try {
          const reply = await inTime((attempt) => ask(command, attempt), patience)
          if (isReply(reply)) return reply
          throw new Error("an unexpected answer")
        } catch (error) {
          if (error instanceof SessionError || (isReplyError(error) && !isPassing(error))) throw error
          failures += 1
          // Jitter, so that servers that failed together do not come back together.
          const pause = failures * 25 * (1 + Math.random())
          if (failures >= ATTEMPTS || performance.now() + pause >= deadline) throw error
          await new Promise((resolve) => setTimeout(resolve, pause))
        }
      }
    }
  }
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
