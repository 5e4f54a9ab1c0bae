/** How many attempts may fail before an operation does. */
export const ATTEMPTS = 3

/** What a last attempt needs at least, in milliseconds. */
const LAST_ATTEMPT = 20

/** What an operation may take: attempts, and time for all of them together. */
export interface Patience {
  /** Milliseconds until it has to be over. */
  left(): number
  /**
   * Waits until another attempt may be made.
   *
   * @param error why the last one failed; thrown when it was the last, unless time ended it while somebody was away:
   *   then that is what kept it
   * @param isAway whether nobody was there to ask: that is waited for as long as there is time, so that a database
   *   which restarts is a slow page and no error, and is no attempt
   */
  pause(error: unknown, isAway: boolean): Promise<void>
}

/** One rule for every database: how often one is asked, and how long it is waited for. */
export function patienceOf(timeoutMilliseconds: number): Patience {
  const deadline = performance.now() + timeoutMilliseconds
  let failures = 0
  let timesAway = 0
  let whyAway: unknown
  const left = () => deadline - performance.now()
  return {
    left,
    async pause(error, isAway) {
      if (isAway) whyAway = error
      else failures += 1
      if (failures >= ATTEMPTS) throw error
      // Jitter, so that servers that failed together, or were in each other's way, do not meet again.
      const wanted = (isAway ? Math.min(50 * 2 ** timesAway, 1000) : failures * 25) * (1 + Math.random())
      if (isAway) timesAway += 1
      const longest = left() - LAST_ATTEMPT
      // Who is away is asked once more at the end.
      const pause = isAway ? Math.min(wanted, longest) : wanted
      if (longest < LAST_ATTEMPT / 4 || pause > longest) throw whyAway ?? error
      await new Promise((resolve) => setTimeout(resolve, pause))
      // A busy server wakes late.
      if (left() <= 0) throw whyAway ?? error
    },
  }
}

/** Whether what a client threw means that nobody listens at the address: nothing was carried out. */
export function isRefusedConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ("code" in error && error.code === "ECONNREFUSED") || isRefusedConnection(error.cause)
}
