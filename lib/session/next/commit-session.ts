import type { Outcome } from "../core/delivery"
import { planCommit, type CommitFacts, type CommitPlan } from "../core/plan-commit"
import { newToken } from "../core/delivery-token"
import { touchIsDue } from "../core/lifetime"
import { randomDeliveryId } from "../core/random-id"
import type { SessionActor } from "../core/actor"
import { isHeld, type SessionState } from "../core/state"
import type { Config } from "./config"
import type { CookieAccess } from "./cookie-access"
import type { CookieWrite } from "./cookies"
import type { RequestCookies } from "./open-session"
import { persist, type Persisted } from "./persist"
import { trace } from "./report"

/** What a commit has to know of the request and its answer. */
export interface CommitRequest {
  readonly outcome: Outcome
  /** The path of the page the request came from, `""` when unknown. */
  readonly from: string
  readonly cookies: CookieAccess
}

export interface CommitResult {
  readonly plan: CommitPlan
  /** Cookies the response must set; none when nothing changed. */
  readonly cookies: readonly CookieWrite[]
  /** Whether the browser has to get them: for another session than it knows, or a message. */
  readonly needsCookies: boolean
}

/**
 * Persists what a request changed: the store first, then the cookies to set. On an error the actor and the
 * browser's cookie are as they were, and so is the store, unless its answer was lost.
 *
 * @throws SessionError `SESSION_TOO_LARGE`, `SESSION_STORE_UNAVAILABLE`, `SESSION_GONE`,
 *   `SESSION_COOKIE_WITHHELD`, and the refusal of `cookies` when what was written would be lost with them
 */
export async function commitSession(
  config: Config,
  actor: SessionActor,
  request: RequestCookies,
  commit: CommitRequest,
): Promise<CommitResult> {
  const { outcome, from, cookies } = commit
  const now = config.now()
  const started = actor.beginCommit()
  const plan = planCommit(started.state, factsOf(config, started.state, request, commit, now))
  // Only what rides on the redirect follows it further; what was addressed by hand stays put.
  const rides = (to: string) => outcome.kind === "redirect" && outcome.to === to
  const tokens = [...plan.sent].map(([id, { to }]) =>
    newToken(config.tokenPrefix, id, to, rides(to) ? from : ""),
  )
  let persisted: Persisted = {
    cookies: [],
    waiting: plan.next.flash.waiting,
    session: request.session,
    sums: {},
  }
  try {
    if (plan.kind !== "nothing")
      persisted = await persist({ config, plan, before: started.state, request, tokens, cookies, now })
  } catch (error) {
    started.fail()
    throw error
  }
  const needsCookies = persisted.session !== request.session || tokens.length > 0
  const next = withSums(
    { ...plan.next, flash: { ...plan.next.flash, waiting: persisted.waiting } },
    persisted.sums,
  )
  started.succeed(next)
  if (plan.kind !== "nothing") {
    request.writtenAt = now
    request.session = persisted.session
    request.tokens = [...request.tokens, ...tokens].filter((token) => isHeld(next, token.id))
  }
  tell(config, plan, persisted)
  return { plan, cookies: persisted.cookies, needsCookies }
}

/** What the plan depends on besides the state. */
function factsOf(
  config: Config,
  state: SessionState,
  request: RequestCookies,
  { outcome, cookies }: CommitRequest,
  now: number,
): CommitFacts {
  return {
    outcome,
    now,
    lifetimes: config.lifetimes,
    // Without claims, a delivery whose token the browser no longer holds counts as delivered.
    undelivered: new Set(
      config.store.isAtomic ? state.flash.waiting.keys() : request.tokens.map((token) => token.id),
    ),
    // What cannot set a cookie cannot renew one.
    touchIsDue:
      cookies.reach === "browser" &&
      request.writtenAt !== undefined &&
      touchIsDue(request.writtenAt, now, config.lifetimes),
    hasCookie: request.packed !== undefined,
    newDeliveryId: randomDeliveryId,
  }
}

/** Says which messages nobody will see, and what was done. */
function tell(config: Config, plan: CommitPlan, persisted: Persisted): void {
  const dropped = [...plan.next.flash.waiting].filter(([id]) => !persisted.waiting.has(id))
  for (const [, { to, messages }] of [...plan.expired, ...dropped]) {
    config.report({ type: "flash-expired", to, keys: messages.map(([key]) => key) })
  }
  trace("commit", () => ({
    does: plan.kind,
    flash: [...plan.sent.values()].map(({ to }) => to),
    inPlace: plan.rendersFlash,
    sets: persisted.cookies.map(
      ({ name, maxAge }) => `${maxAge > 0 ? "" : "-"}${name.replace(/^flash_.*/, "flash")}`,
    ),
  }))
}

/** What other requests added meanwhile is in the sums. */
function withSums(state: SessionState, sums: Persisted["sums"]): SessionState {
  const known = Object.entries(sums)
  if (known.length === 0) return state
  const data = new Map([...state.data, ...known])
  return { ...state, data, storedData: data }
}
