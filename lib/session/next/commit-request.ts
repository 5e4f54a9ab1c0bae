import { cookies } from "next/headers"
import { refresh } from "next/cache"
import { SessionError } from "../core/errors"
import { afterResponse } from "./after-response"
import { commitSession, type CommitRequest } from "./commit-session"
import type { Config } from "./config"
import type { CookieWrite } from "./cookies"
import type { RequestSession } from "./request-session"
import { headersAreSent } from "./response-sent"
import { warnIfNotShown, warnOfPlainHttp } from "./warnings"

interface Wanted extends CommitRequest {
  /** Whether the callback is known to have outlived the answer. */
  readonly isLate: boolean
  /** Whether a form's page is to be rendered: it may show what was wrong with the form before. */
  readonly rendersForm: boolean
}

type Jar = Awaited<ReturnType<typeof cookies>>

/**
 * Commits what a request's outermost callback wrote, and sets the cookies. One at a time: a callback may
 * end while another's commit is under way.
 */
export function commitRequest(config: Config, request: RequestSession, wanted: Wanted): Promise<void> {
  const committed = request.lastCommit.then(() => commit(config, request, wanted))
  request.lastCommit = committed.catch(() => {})
  return committed
}

async function commit(config: Config, request: RequestSession, wanted: Wanted): Promise<void> {
  const jar = await cookies()
  if (request.actor.hasChanged()) await nextTurn()
  const isLate = wanted.isLate || request.isAnswered || headersAreSent() || !takesCookies(jar)
  const late = { ...wanted, cookies: { reach: "nobody", refusal: tooLate } } as const
  const result = await commitSession(config, request.actor, request.cookies, isLate ? late : wanted)
  if (result.cookies.length > 0) {
    warnOfPlainHttp(request.headers, request.cookies.https)
    setAll(jar, result.cookies)
    request.hasSetCookies = true
    request.needsCookies ||= result.needsCookies
  }
  // Setting a cookie makes Next render the page in the action's response; without one, ask for it.
  else if (result.plan.rendersFlash || wanted.rendersForm) refresh()
  if (result.plan.rendersFlash) warnIfNotShown(request)
  if (result.plan.kind !== "nothing" && Math.random() < GC_PROBABILITY) await collect(config)
}

/** After the response where the host allows that, else before it. Failing costs nobody their answer. */
async function collect({ store }: Config): Promise<void> {
  const run = async () => store.gc()
  if (!afterResponse(run)) await run().catch((error: unknown) => console.error(error))
}

/** Source: glimr/session collects on 2 % of requests; here on writes only, after the response. */
const GC_PROBABILITY = 0.02

/** That the response was sent before the session was opened, `after` tells one turn of the event loop later. */
function nextTurn(): Promise<void> {
  // The Edge runtime has a setImmediate that throws.
  const soon = process.env.NEXT_RUNTIME === "edge" ? setTimeout : setImmediate
  return new Promise((resolve) => void soon(resolve))
}

/**
 * Whether a cookie can still be set, found out before the store is touched: a session moved to a new id
 * that no cookie names is a person signed out. Setting one would make Next forget what its router has
 * cached; without a name Next looks whether it is allowed and then fails
 * (`createCookiesWithMutableAccessCheck` in its request-cookies).
 */
function takesCookies(jar: Jar): boolean {
  try {
    jar.set(undefined as never)
    return true
  } catch (error) {
    return error instanceof TypeError
  }
}

function setAll(jar: Jar, writes: readonly CookieWrite[]): void {
  try {
    for (const write of writes) jar.set(write)
  } catch (error) {
    throw tooLate(error)
  }
}

function tooLate(cause?: unknown): SessionError {
  return new SessionError(
    "SESSION_COMMIT_TOO_LATE",
    `withSession() wanted to set a cookie where Next allows none: while a page renders, or after ` +
      `the response was sent. Nothing was written. Call it in a server action or route handler, and await it.`,
    { cause },
  )
}
