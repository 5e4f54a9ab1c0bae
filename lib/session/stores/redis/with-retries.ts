import { RedisReplyError, type SendCommand } from "./commands.ts"

/** How often a command is sent before its operation fails. */
const ATTEMPTS = 3

/**
 * Repeats a command whose fate is unknown: no answer in time, a broken connection, an answer that is
 * none. Safe because every operation carries a nonce, or may be carried out twice.
 *
 * @param timeoutMilliseconds how long all attempts together may take
 */
export function withRetries(
  send: SendCommand,
  timeoutMilliseconds: number,
): (command: readonly string[]) => Promise<unknown> {
  return async (command) => {
    const deadline = performance.now() + timeoutMilliseconds
    for (let attempt = 1; ; attempt += 1) {
      // A lost answer leaves time for two more.
      const patience = Math.min(timeoutMilliseconds / ATTEMPTS, deadline - performance.now())
      try {
        return await inTime((signal) => send(command, signal), patience)
      } catch (error) {
        // Jitter, so that servers that failed together do not come back together.
        const pause = attempt * 25 * (1 + Math.random())
        if (attempt >= ATTEMPTS || !mayPass(error) || performance.now() + pause >= deadline) throw error
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }
}

/** Answers that mean "not now"; every other answer stays what it is. */
function mayPass(error: unknown): boolean {
  return (
    !(error instanceof RedisReplyError) || ["BUSY", "LOADING", "TRYAGAIN", "MASTERDOWN"].includes(error.kind)
  )
}

/** Gives up after so long, also on a client that does not heed the signal. */
async function inTime<Reply>(
  start: (signal: AbortSignal) => Promise<Reply>,
  milliseconds: number,
): Promise<Reply> {
  const attempt = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("no answer in time"))
      attempt.abort()
    }, milliseconds)
  })
  try {
    return await Promise.race([start(attempt.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
