import type { FormFeedback } from "../core/flash"
import type { JsonObject } from "../core/json"
import type { Session } from "../core/session"
import type { Config } from "./config"
import { answersInJson, backSignalOf } from "./ending"
import { asciiUrl } from "./location"
import { NO_STORE, notStorable } from "./no-store"
import { runCallback, type Ended, type Entrance } from "./run-callback"
import { readNextSignal } from "./signals"

type RouteCallback<RequestType, Context> = (
  session: Session<JsonObject, JsonObject>,
  request: RequestType,
  context: Context,
) => Response | Promise<Response>

/**
 * A route handler made of a callback: whatever ends the callback becomes a response of ours, which carries
 * the session's cookies and is kept by no shared cache.
 */
export function createRoute<RequestType extends NonNullable<Entrance["request"]>, Context>(
  config: Config,
  callback: RouteCallback<RequestType, Context>,
): (request: RequestType, context: Context) => Promise<Response> {
  return async (request, context) => {
    const entrance: Entrance = { boundaryOf: () => "route", request }
    const ended = await runCallback(config, entrance, (session) => callback(session, request, context))
    if (ended === undefined) return refusal()
    const { ending } = ended
    if ("value" in ending) return notStorable(ending.value as Response, ended.setsCookies)
    if (ended.isNested) throw ending.thrown
    return answer(ended, ending.thrown)
  }
}

function answer(ended: Ended, thrown: unknown): Response {
  const back = backSignalOf(ended.ending)
  if (back?.feedback !== undefined && answersInJson(ended)) return unprocessable(back.feedback)
  if (back !== undefined) return redirectTo(ended.site.basePath + ended.backTo, 303)
  const signal = readNextSignal(thrown)
  if (signal === undefined) throw thrown
  // Next's 307 would repeat a POST.
  if (signal.kind === "redirect") return redirectTo(signal.url, signal.status === 308 ? 308 : 303)
  return new Response(null, { status: signal.status, headers: { "cache-control": NO_STORE } })
}

/** Location stays a path: `request.url` may name another host than the browser asked for. */
function redirectTo(location: string, status: number): Response {
  const headers = { location: asciiUrl(location), "cache-control": NO_STORE }
  return new Response(null, { status, headers })
}

function unprocessable({ errors }: FormFeedback): Response {
  const body = { errors: errors.map(([field, messages]) => ({ field, messages })) }
  return Response.json(body, { status: 422, headers: { "cache-control": NO_STORE } })
}

function refusal(): Response {
  return new Response("This request came from another site and was refused.", {
    status: 403,
    headers: { "cache-control": NO_STORE },
  })
}
