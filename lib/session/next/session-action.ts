import type { JsonObject } from "../core/json.ts"
import type { Session } from "../core/session.ts"
import type { Config } from "./config.ts"
import { backSignalOf, rendersInPlace } from "./ending.ts"
import { runCallback } from "./run-callback.ts"
import { forbiddenSignal } from "./signals.ts"
import { thrownOn } from "./with-session.ts"

type ActionCallback = (session: Session<JsonObject, JsonObject>, ...args: never[]) => unknown

/**
 * A server action made of a callback. `validate` and `back` end it without a value, and the page is
 * rendered again by the same response: only the action itself may end so, for nobody goes on after it.
 *
 * @param valueFor what the action resolves to then, from its arguments
 */
export function createAction(
  config: Config,
  callback: ActionCallback,
  valueFor: (args: readonly unknown[]) => unknown,
): (...args: unknown[]) => Promise<unknown> {
  return async (...args) => {
    const ended = await runCallback(config, "action", (session) => callback(session, ...(args as never[])))
    if (ended === undefined) throw forbiddenSignal()
    const { ending } = ended
    if ("value" in ending) return ending.value
    if (ended.isNested) throw ending.thrown
    if (backSignalOf(ending) !== undefined && rendersInPlace(ended)) return valueFor(args)
    throw thrownOn(ended, ending.thrown)
  }
}
