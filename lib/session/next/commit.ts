import type { DeliveryToken } from "../core/delivery-token.ts"
import { sessionChanges } from "../core/changes.ts"
import { planCommit, type CommitPlan, type Outcome } from "../core/commit.ts"
import { SessionError } from "../core/errors.ts"
import { ANYWHERE, deliveriesToJson, type Delivery } from "../core/flash.ts"
import type { JsonObject } from "../core/json.ts"
import { expiryOf, tokenSeconds, touchIsDue } from "../core/lifetime.ts"
import { randomDeliveryId } from "../core/random-id.ts"
import type { SessionActor } from "../core/actor.ts"
import type { SessionState } from "../core/state.ts"
import { trimOldInput } from "../core/trim-old-input.ts"
import type { Config } from "./config.ts"
import {
  cookieBytes,
  MAX_COOKIE_BYTES,
  packCookieValue,
  removed,
  sessionCookie,
  tokenCookie,
  type CookieWrite,
} from "./cookies.ts"
import type { RequestCookies } from "./open.ts"
import { trace } from "./report.ts"
import { tooLarge } from "./too-large.ts"

export interface CommitResult {
  readonly plan: CommitPlan
  /** Cookies the response must set; none when nothing changed. */
  readonly cookies: readonly CookieWrite[]
}

/**
 * Persists what a request changed: the store first, then the cookies to set. On an error the store,
 * the actor and the browser's cookie are as they were.
 *
 * @param from the path of the page the request came from, `""` when unknown
 * @throws SessionError `SESSION_TOO_LARGE`, `SESSION_STORE_UNAVAILABLE`
 */
export async function commitSession(
  config: Config,
  actor: SessionActor,
  request: RequestCookies,
  outcome: Outcome,
  from: string,
): Promise<CommitResult> {
  const now = config.now()
  const started = actor.beginCommit()
  const plan = planCommit(started.state, {
    outcome,
    now,
    lifetimes: config.lifetimes,
    // Without claims, a delivery whose token the browser no longer holds counts as delivered.
    undelivered: new Set(
      config.store.isAtomic ? started.state.pending.keys() : request.tokens.map((token) => token.id),
    ),
    touchIsDue: request.writtenAt !== undefined && touchIsDue(request.writtenAt, now, config.lifetimes),
    newDeliveryId: randomDeliveryId,
  })
  const sentTokens = [...plan.sent].map(([id, { to }]) => ({
    id,
    to: tokenTarget(to),
    // Only what rides on the redirect follows it further; what was addressed by hand stays put.
    from: outcome.kind === "redirect" && outcome.to === to && from.length <= MAX_TARGET_LENGTH ? from : "",
    takenBy: "",
  }))
  let persisted: Persisted = { cookies: [], sums: {} }
  try {
    if (plan.kind !== "nothing")
      persisted = await persist(config, started.state, plan, request, sentTokens, now)
  } catch (error) {
    started.fail()
    throw error
  }
  started.succeed(withSums(plan.next, persisted.sums))
  if (plan.kind !== "nothing") {
    request.writtenAt = now
    request.tokens = [...request.tokens, ...sentTokens].filter((token) => isHeld(plan.next, token.id))
  }
  for (const { to, messages } of plan.expired.values()) {
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
  return { plan, cookies: persisted.cookies }
}

interface Persisted {
  readonly cookies: CookieWrite[]
  /** Numbers the store added up, per key. */
  readonly sums: Readonly<Record<string, number>>
}

/** Whether the store still holds a delivery that somebody may take. */
function isHeld({ pending, claimed }: SessionState, id: string): boolean {
  return pending.has(id) || claimed.get(id) === false
}

/** What other requests added meanwhile is in the sums. */
function withSums(state: SessionState, sums: Persisted["sums"]): SessionState {
  const known = Object.entries(sums)
  if (known.length === 0) return state
  const data = new Map([...state.data, ...known])
  return { ...state, data, storedData: data }
}

async function persist(
  config: Config,
  before: SessionState,
  plan: CommitPlan,
  request: RequestCookies,
  sentTokens: readonly DeliveryToken[],
  now: number,
): Promise<Persisted> {
  const { store } = config
  const stale = request.tokens.filter((token) => !isHeld(plan.next, token.id))
  const removedTokens = stale.map((token) => removed(tokenCookie(token, 0, request.https)))

  if (plan.kind === "destroy") {
    if (before.storedId !== undefined) await store.destroy(before.storedId)
    const cookies = [removed(sessionCookie(config.cookieName, "", 0, request.https)), ...removedTokens]
    return { cookies, sums: {} }
  }

  const { id, createdAt, data } = plan.next
  const meta = { createdAt, expiresAt: expiryOf(createdAt, now, config.lifetimes) }
  const dataJson: JsonObject = Object.fromEntries(data)
  const seal = async (pending: ReadonlyMap<string, Delivery>) => {
    const flashJson = deliveriesToJson(pending)
    const value = await store.cookieValue(id, dataJson, flashJson, meta)
    const cookie = sessionCookie(
      config.cookieName,
      packCookieValue(now, value),
      meta.expiresAt - now,
      request.https,
    )
    return { cookie, flashJson, bytes: cookieBytes(cookie) }
  }

  let pending = plan.next.pending
  let sealed = await seal(pending)
  const trimmedFields: string[] = []
  while (sealed.bytes > MAX_COOKIE_BYTES) {
    const trimmed = trimOldInput(pending, sealed.bytes - MAX_COOKIE_BYTES)
    if (trimmed === undefined) throw tooLarge(sealed.bytes, dataJson, pending)
    pending = trimmed.pending
    trimmedFields.push(...trimmed.fields)
    sealed = await seal(pending)
  }
  if (trimmedFields.length > 0) config.report({ type: "old-input-trimmed", fields: trimmedFields })

  // Only now is anything changed: a session too large for its cookie left the old one intact.
  const committed = await store.commit({
    from: before.storedId,
    id,
    wipe: before.invalidated,
    data: dataJson,
    flash: sealed.flashJson,
    changes: sessionChanges(before, plan.dataChanges, pending),
    meta,
  })
  if (committed === undefined) {
    config.report({ type: "commit-conflict" })
    throw gone()
  }

  const maxAge = tokenSeconds(config.lifetimes)
  const newTokens = sentTokens.map((token) => tokenCookie(token, maxAge, request.https))
  return { cookies: [sealed.cookie, ...newTokens, ...removedTokens], sums: committed.sums }
}

function gone(): SessionError {
  return new SessionError(
    "SESSION_GONE",
    `The session ended while this request was working on it: signed out elsewhere, given a new id, or ` +
      `expired. Nothing was written, for that would bring it back. The next request starts without it.`,
  )
}

/** A cookie has little room; a longer path is served like a flash addressed to no page. */
const MAX_TARGET_LENGTH = 512

function tokenTarget(to: string): string {
  return to.length > MAX_TARGET_LENGTH ? ANYWHERE : to
}
