import { SessionError } from "../core/errors"

/** What a file that runs on the Edge runtime says instead, so that it runs on Node. */
export const RUN_ON_NODE =
  `In a page or a route handler, leave out runtime = "edge". Middleware: rename middleware.ts to proxy.ts, which ` +
  `runs on Node as the pages do, or keep its name and say export const config = { runtime: "nodejs" } in it`

/**
 * Refuses a store where it cannot work, before a request has to.
 *
 * @param store how it is called
 * @param instead what works there
 */
export function needsNode(store: string, instead: string): SessionError {
  return new SessionError(
    "SESSION_STORE_NEEDS_NODE",
    `${store} was asked for on the Edge runtime, which opens no connections. ${RUN_ON_NODE}. What works there: ` +
      `${instead}.`,
  )
}
