import { redirect } from "next/navigation"
import type { FormFeedback } from "../core/flash.ts"
import { BackSignal, readNextSignal } from "./signals.ts"
import type { Site } from "./site.ts"

/** How a `withSession` callback ended: with a value, or by throwing. */
export type Ending = { readonly value: unknown } | { readonly thrown: unknown }

/**
 * Next's router adds the base path to what it follows, but Next 16.4 sends a form post's 303 as it
 * was given, which leads out of an app that has one.
 */
export function formPostAnswer(ending: Ending, backUrl: string | undefined, { basePath }: Site): Ending {
  if (backUrl !== undefined) return redirect(backUrl)
  const signal = "thrown" in ending ? readNextSignal(ending.thrown) : undefined
  const isBare = signal?.kind === "redirect" && /^\/(?![/\\])/.test(signal.url)
  if (basePath === "" || !isBare || `${signal.url}/`.startsWith(`${basePath}/`)) return ending
  return redirect(basePath + signal.url)
}

/**
 * Next would answer `redirect()` in a route handler with 307, which repeats a POST, and drop the
 * cookies of `notFound()`. Location stays a path: `request.url` may name another host than the
 * browser asked for.
 */
export function routeHandlerAnswer(
  ending: Ending,
  back: BackSignal | undefined,
  backUrl: string,
  setsCookies: boolean,
): Ending {
  if (!("thrown" in ending)) return { value: notStorable(ending.value, setsCookies) }
  if (back !== undefined) return { value: seeOther(backUrl) }
  const signal = readNextSignal(ending.thrown)
  if (signal === undefined) return ending
  if (signal.kind === "redirect") return { value: seeOther(signal.url) }
  return { value: new Response(null, { status: signal.status, headers: NO_STORE }) }
}

const NO_STORE = { "cache-control": "private, no-store" }

export function wantsJson(headers: Headers): boolean {
  const accept = headers.get("accept") ?? ""
  const sentJson = headers.get("content-type")?.startsWith("application/json") ?? false
  return !accept.includes("text/html") && (sentJson || accept.includes("application/json"))
}

export function unprocessable({ errors }: FormFeedback): Response {
  const body = { errors: errors.map(([field, messages]) => ({ field, messages })) }
  return Response.json(body, { status: 422, headers: NO_STORE })
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location: asciiUrl(location), ...NO_STORE } })
}

/** As `redirect("/naïve")` means it: a header carries ASCII only, and a line break would end it. */
function asciiUrl(url: string): string {
  return url.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[^!-~]+/g, encodeURIComponent)
}

/**
 * A shared cache must not keep one person's cookie for others (nextjs-auth0 CVE-2025-48947), nor what
 * was made of their session, unless the application says so.
 */
function notStorable(value: unknown, setsCookies: boolean): unknown {
  if (!(value instanceof Response) || (!setsCookies && value.headers.has("cache-control"))) return value
  const response = new Response(value.body, value)
  response.headers.set("cache-control", NO_STORE["cache-control"])
  return response
}
