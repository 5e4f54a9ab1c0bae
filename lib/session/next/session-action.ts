import type { JsonObject } from "../core/json"
import type { Session } from "../core/session"
import type { Config } from "./config"
import { backSignalOf, rendersInPlace } from "./ending"
import { ACTION_HEADER } from "./headers"
import { runCallback } from "./run-callback"
import { forbiddenSignal } from "./signals"
import { thrownOn } from "./with-session"

type ActionCallback = (session: Session<JsonObject, JsonObject>, ...args: never[]) => unknown

/**
 * A server action made of a callback. `validate` and `back` end it without a value, and the page is
 * rendered again by the same response: only the action itself may end so, for nobody goes on after it. Called
 * by other code of the application, they end the caller, as in `withSession`.
 *
 * @param valueFor what the action resolves to then, from its arguments
 */
export function createAction(
  config: Config,
  callback: ActionCallback,
  valueFor: (args: readonly unknown[]) => unknown,
): (...args: unknown[]) => Promise<unknown> {
  const action = async (...args: unknown[]) => {
    // Called by another function of the application it is a part of that one, which must not go on either.
    const boundaryOf = (headers: Headers) => (isCalledByRouter(action, headers) ? "action" : "callback")
    const ended = await runCallback(config, { boundaryOf }, (session) =>
      callback(session, ...(args as never[])),
    )
    if (ended === undefined) throw forbiddenSignal()
    const { ending } = ended
    if ("value" in ending) return ending.value
    if (ended.isNested) throw ending.thrown
    if (backSignalOf(ending) !== undefined && rendersInPlace(ended)) return valueFor(args)
    throw thrownOn(ended, ending.thrown)
  }
  return action
}

/**
 * Whether a function is the action that Next's router calls by this request: React's bundler support writes
 * an action's id on the function itself (`registerServerReference`), and the router sends it.
 */
function isCalledByRouter(action: object, headers: Headers): boolean {
  return "$$id" in action && action.$$id === headers.get(ACTION_HEADER)
}
