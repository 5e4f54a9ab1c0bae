import { RedisReplyError, type SendCommand } from "./commands.ts"

/** How often a command is sent before its operation fails. */
const ATTEMPTS = 3

/**
 * Repeats a command whose fate is unknown: no answer in time, a broken connection, an answer that is
 * none. Safe because every operation carries a nonce, or may be carried out twice.
 *
 * @param timeoutMilliseconds how long all attempts together may take
 */
export function withRetries(send: SendCommand, timeoutMilliseconds: number): SendCommand {
  return async (command) => {
    const deadline = performance.now() + timeoutMilliseconds
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await beforeDeadline(send(command), deadline - performance.now())
      } catch (error) {
        // Jitter, so that servers that failed together do not come back together.
        const pause = attempt * 25 * (1 + Math.random())
        if (attempt >= ATTEMPTS || !mayPass(error) || performance.now() + pause >= deadline) throw error
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }
}

/** How long one attempt may take, so that a lost answer leaves time for two more. */
export function attemptMilliseconds(timeoutMilliseconds: number): number {
  // AbortSignal.timeout takes whole numbers only.
  return Math.ceil(timeoutMilliseconds / ATTEMPTS)
}

/** Answers that mean "not now"; every other answer stays what it is. */
function mayPass(error: unknown): boolean {
  return (
    !(error instanceof RedisReplyError) || ["BUSY", "LOADING", "TRYAGAIN", "MASTERDOWN"].includes(error.kind)
  )
}

/** Holds for clients that have no timeout of their own, too. */
async function beforeDeadline<Reply>(reply: Promise<Reply>, milliseconds: number): Promise<Reply> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), milliseconds)
  })
  try {
    return await Promise.race([reply, late])
  } finally {
    clearTimeout(timer)
  }
}
