import { cookies, headers } from "next/headers"
import { refresh } from "next/cache"
import { after } from "next/server"
import type { Outcome } from "../core/commit.ts"
import { SessionError } from "../core/errors.ts"
import type { JsonObject } from "../core/json.ts"
import type { Session } from "../core/session.ts"
import { formPostAnswer, routeHandlerAnswer, unprocessable, wantsJson, type Ending } from "./answer.ts"
import { commitSession } from "./commit.ts"
import type { Config } from "./config.ts"
import { ACTION_HEADER } from "./headers.ts"
import { readPage, type Page } from "./page.ts"
import { isRendering } from "./rendering.ts"
import { requestSession, type RequestSession } from "./request.ts"
import { BackSignal, readNextSignal } from "./signals.ts"
import { isCrossSite, refusal, requestMethod } from "./cross-site.ts"
import { warnIfNotAwaited, warnIfNotShown, warnIfWithoutMiddleware, warnOfPlainHttp } from "./warnings.ts"
import { readSite, redirectPath, type Site } from "./site.ts"

/** What kind of request `withSession` runs in. */
type Caller =
  /** An action called by Next's router: the response can re-render the page in place. */
  | "action"
  /** An action posted by a plain HTML form: the response is a document or a 303. */
  | "form-post"
  | "route-handler"

/** Runs `callback` with the request's session and commits when the outermost callback has ended. */
export async function runWithSession<Result>(
  config: Config,
  callback: (session: Session<JsonObject, JsonObject>) => Result | Promise<Result>,
): Promise<Result> {
  if (isRendering()) throw calledWhileRendering()
  const requestHeaders = await headers()
  const caller = readCaller(requestHeaders)
  // Next checks actions itself, but the header that says so reaches route handlers as well.
  const isChecked =
    caller === "route-handler" || (caller === "action" && requestHeaders.has("sec-fetch-site"))
  if (isChecked && isCrossSite(requestHeaders, config.allowedOrigins)) {
    config.report({ type: "cross-site-refused", method: requestMethod(requestHeaders) })
    return refusal() as Result
  }
  if (caller !== "route-handler") warnIfWithoutMiddleware(requestHeaders)
  const request = await requestSession(config)
  if (request.running === 0) warnIfNotAwaited(request)
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
  return finish(await commitAndAnswer(config, request, caller, ending))
}

function calledWhileRendering(): SessionError {
  return new SessionError(
    "SESSION_READ_ONLY",
    `withSession() was called while a page renders. Server components cannot set cookies. Read with ` +
      `getSession() there, and write in a server action, route handler or middleware.`,
  )
}

function finish<Result>(ending: Ending): Result {
  if ("thrown" in ending) throw ending.thrown
  return ending.value as Result
}

async function commitAndAnswer(
  config: Config,
  request: RequestSession,
  caller: Caller,
  ending: Ending,
): Promise<Ending> {
  const site = readSite(request.headers)
  const page = readPage(request.headers, site, caller !== "route-handler")
  const back = "thrown" in ending && ending.thrown instanceof BackSignal ? ending.thrown : undefined
  const formPage = caller === "route-handler" ? back?.formPage : undefined
  const backTo = formPage ?? page.address ?? back?.fallback ?? "/"
  const backUrl = site.basePath + backTo
  const feedback = back?.feedback
  const answersJson = feedback !== undefined && caller === "route-handler" && wantsJson(request.headers)
  if (feedback !== undefined && !answersJson) {
    // This write belongs to the callback that has just ended.
    request.running += 1
    request.actor.flashForm(feedback)
    request.running -= 1
  }

  const outcome = readOutcome(ending, caller, site, page, backTo)
  let setsCookies: boolean
  try {
    // One at a time: a callback may start while another's commit is under way.
    const committed = request.lastCommit.then(() => commit(config, request, outcome, page))
    request.lastCommit = committed.catch(() => {})
    setsCookies = await committed
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
  if (result.cookies.length > 0) {
    warnOfPlainHttp(request.headers, request.cookies.https)
    await setCookies(result.cookies)
  }
  // Setting a cookie makes Next render the page in the action's response; without one, ask for it.
  else if (result.plan.rendersFlash) refresh()
  if (result.plan.rendersFlash) warnIfNotShown(request)
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

function readCaller(requestHeaders: Headers): Caller {
  if (requestHeaders.has(ACTION_HEADER)) return "action"
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
