import { cookies } from "next/headers"
import { refresh } from "next/cache"
import { redirect } from "next/navigation"
import { after } from "next/server"
import type { Outcome } from "../core/commit.ts"
import { SessionError } from "../core/errors.ts"
import type { FormFeedback } from "../core/flash.ts"
import type { JsonObject } from "../core/json.ts"
import type { Session } from "../core/session.ts"
import { commitSession } from "./commit.ts"
import type { Config } from "./config.ts"
import { ACTION_HEADER } from "./headers.ts"
import { readPage, type Page } from "./page.ts"
import { requestSession, type RequestSession } from "./request.ts"
import { BackSignal, readNextSignal } from "./signals.ts"
import { readSite, redirectPath, type Site } from "./site.ts"

/** What kind of request `withSession` runs in. */
type Caller =
  /** An action called by Next's router: the response can re-render the page in place. */
  | "action"
  /** An action posted by a plain HTML form: the response is a document or a 303. */
  | "form-post"
  | "route-handler"

/** How a callback ended: with a value, or by throwing. */
type Ending = { readonly value: unknown } | { readonly thrown: unknown }

/** Runs `callback` with the request's session and commits when the outermost callback has ended. */
export async function runWithSession<Result>(
  config: Config,
  callback: (session: Session<JsonObject, JsonObject>) => Result | Promise<Result>,
): Promise<Result> {
  const request = await requestSession(config)
  request.running += 1
  let ending: Ending
  try {
    ending = { value: await callback(request.actor.session) }
  } catch (thrown) {
    ending = { thrown }
  } finally {
    request.running -= 1
  }
  if (request.running > 0) return finish(ending)
  return finish(await commitAndAnswer(config, request, ending))
}

function finish<Result>(ending: Ending): Result {
  if ("thrown" in ending) throw ending.thrown
  return ending.value as Result
}

async function commitAndAnswer(config: Config, request: RequestSession, ending: Ending): Promise<Ending> {
  const caller = readCaller(request.headers)
  const site = readSite(request.headers)
  const page = readPage(request.headers, site, caller !== "route-handler")
  const back = "thrown" in ending && ending.thrown instanceof BackSignal ? ending.thrown : undefined
  const backTo = page.address ?? back?.fallback ?? "/"
  const backUrl = site.basePath + backTo
  const feedback = back?.feedback
  const answersJson = feedback !== undefined && caller === "route-handler" && wantsJson(request.headers)
  if (feedback !== undefined && !answersJson) request.actor.flashForm(feedback)

  const outcome = readOutcome(ending, caller, site, page, backTo)
  let setsCookies: boolean
  try {
    setsCookies = await commit(config, request, outcome, page)
  } catch (error) {
    return { thrown: causedBy(ending, error) }
  }

  if (answersJson) return { value: unprocessable(feedback) }
  if (caller === "route-handler") return routeHandlerAnswer(ending, back, backUrl, setsCookies)
  if (caller === "action") return back === undefined ? ending : { value: undefined }
  return formPostAnswer(ending, back === undefined ? undefined : backUrl, site)
}

async function commit(
  config: Config,
  request: RequestSession,
  outcome: Outcome,
  page: Page,
): Promise<boolean> {
  const result = await commitSession(config, request.actor, request.cookies, outcome, page.path)
  if (result.cookies.length > 0) await setCookies(result.cookies)
  // Setting a cookie makes Next render the page in the action's response; without one, ask for it.
  else if (result.plan.rendersFlash) refresh()
  if (result.plan.kind !== "nothing" && Math.random() < GC_PROBABILITY) after(() => config.store.gc())
  return result.cookies.length > 0
}

/** Source: glimr/session collects on 2 % of requests; here on writes only, after the response. */
const GC_PROBABILITY = 0.02

async function setCookies(writes: Awaited<ReturnType<typeof commitSession>>["cookies"]): Promise<void> {
  const jar = await cookies()
  try {
    for (const write of writes) jar.set(write)
  } catch (error) {
    throw new SessionError(
      "SESSION_COMMIT_TOO_LATE",
      `withSession() wanted to set a cookie where Next allows none: while a page renders, or after ` +
        `the response was sent. Call it in a server action or route handler, and await it.`,
      { cause: error },
    )
  }
}

function readCaller(headers: Headers): Caller {
  if (headers.has(ACTION_HEADER)) return "action"
  try {
    // Next exports nothing that tells an action from a route handler, but refresh() refuses to run
    // in the latter. For a form post, whose response is a whole document, it changes nothing.
    refresh()
    return "form-post"
  } catch {
    return "route-handler"
  }
}

function readOutcome(ending: Ending, caller: Caller, site: Site, page: Page, backTo: string): Outcome {
  if (!("thrown" in ending)) return { kind: caller === "route-handler" ? "other" : "render" }
  if (ending.thrown instanceof BackSignal) {
    return caller === "action"
      ? { kind: "render" }
      : { kind: "redirect", to: redirectPath(backTo, site, backTo) }
  }
  const signal = readNextSignal(ending.thrown)
  if (signal?.kind !== "redirect") return { kind: "other" }
  return { kind: "redirect", to: redirectPath(signal.url, site, page.address ?? "/") }
}

/** The error to throw when the commit failed after the callback ended as it did. */
function causedBy(ending: Ending, commitError: unknown): unknown {
  if (!("thrown" in ending)) return commitError
  const { thrown } = ending
  if (thrown instanceof BackSignal || readNextSignal(thrown) !== undefined || !(thrown instanceof Error)) {
    return commitError
  }
  thrown.cause ??= commitError
  return thrown
}

/**
 * Next's router adds the base path to what it follows, but Next 16.4 sends a form post's 303 as it
 * was given, which leads out of an app that has one.
 */
function formPostAnswer(ending: Ending, backUrl: string | undefined, { basePath }: Site): Ending {
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
function routeHandlerAnswer(
  ending: Ending,
  back: BackSignal | undefined,
  backUrl: string,
  setsCookies: boolean,
): Ending {
  if (!("thrown" in ending)) return { value: setsCookies ? notStorable(ending.value) : ending.value }
  if (back !== undefined) return { value: seeOther(backUrl) }
  const signal = readNextSignal(ending.thrown)
  if (signal === undefined) return ending
  if (signal.kind === "redirect") return { value: seeOther(signal.url) }
  return { value: new Response(null, { status: signal.status, headers: NO_STORE }) }
}

const NO_STORE = { "cache-control": "private, no-store" }

function wantsJson(headers: Headers): boolean {
  const accept = headers.get("accept") ?? ""
  const sentJson = headers.get("content-type")?.startsWith("application/json") ?? false
  return !accept.includes("text/html") && (sentJson || accept.includes("application/json"))
}

function unprocessable({ errors }: FormFeedback): Response {
  const body = { errors: errors.map(([field, messages]) => ({ field, messages })) }
  return Response.json(body, { status: 422, headers: NO_STORE })
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, ...NO_STORE } })
}

/** A shared cache must not keep one person's cookie for others (nextjs-auth0 CVE-2025-48947). */
function notStorable(value: unknown): unknown {
  if (!(value instanceof Response)) return value
  const response = new Response(value.body, value)
  response.headers.set("cache-control", NO_STORE["cache-control"])
  return response
}
