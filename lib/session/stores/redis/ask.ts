import type { SendCommand } from "./commands"

/** One try of a command. */
export interface Attempt {
  /** Aborted when the answer is no longer waited for. */
  readonly signal: AbortSignal
  /** Called then, if it was set. */
  whenLate: (() => void) | undefined
}

/** `SendCommand`, of what waits without a signal. */
export type Ask = (command: readonly string[], attempt: Attempt) => Promise<unknown>

/** By a function of the app's own. It may throw at once. */
export function askBy(send: SendCommand): Ask {
  return async (command, { signal }) => send(command, signal)
}
