import { AsyncLocalStorage } from "node:async_hooks"
import type { ServerResponse } from "node:http"

/**
 * Next's own jar takes cookies for as long as a route handler's response streams, and loses them. Node says
 * which response a request has, and that knows when its headers went out.
 */

interface Watch {
  readonly responses: AsyncLocalStorage<ServerResponse>
}

/** Named so that the build for the Edge runtime, which has none, leaves it out. */
const channels =
  process.env.NEXT_RUNTIME === "edge" ? undefined : process.getBuiltinModule?.("node:diagnostics_channel")

const WATCH = Symbol.for("next-session-kit.responses")
const shared = globalThis as { [WATCH]?: Watch }

/** Watches the responses of all requests from now on, once per process. Not on the Edge runtime. */
export function watchResponses(): void {
  if (channels === undefined || shared[WATCH] !== undefined) return
  const responses = new AsyncLocalStorage<ServerResponse>()
  shared[WATCH] = { responses }
  // Published in the very step in which the server begins with a request.
  channels.subscribe("http.server.request.start", (message) => {
    responses.enterWith((message as { response: ServerResponse }).response)
  })
}

/** Whether the headers of the current request's response are known to have been sent. */
export function headersAreSent(): boolean {
  return shared[WATCH]?.responses.getStore()?.headersSent ?? false
}
