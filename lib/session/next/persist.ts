import { boundFeedback } from "../core/bound-feedback"
import { sessionChanges } from "../core/changes"
import type { CommitPlan } from "../core/plan-commit"
import type { DeliveryToken } from "../core/delivery-token"
import { SessionError } from "../core/errors"
import { inputTrimmed } from "../core/events"
import { deliveriesToJson, type Delivery } from "../core/flash"
import { objectOf, type JsonObject } from "../core/json"
import { expiryOf, messagesExpiryOf, tokenSeconds } from "../core/lifetime"
import { isSessionId } from "../core/random-id"
import { isHeld, type SessionState } from "../core/state"
import type { SaveMeta } from "../core/store"
import type { Config } from "./config"
import type { CookieAccess } from "./cookie-access"
import { packCookieValue, removed, sessionCookie, tokenCookie, type CookieWrite } from "./cookies"
import { fitCookie } from "./fit-cookie"
import type { RequestCookies } from "./open-session"

export interface Persisted {
  readonly cookies: CookieWrite[]
  /** The deliveries the store holds now: what did not fit is gone. */
  readonly waiting: ReadonlyMap<string, Delivery>
  /** What the store reads in the browser's cookie from now on. */
  readonly session: string | undefined
  /** Numbers the store added up, per key. */
  readonly sums: Readonly<Record<string, number>>
}

interface Work {
  readonly config: Config
  readonly before: SessionState
  readonly plan: CommitPlan
  readonly request: RequestCookies
  /** Of the deliveries that the plan sends. */
  readonly tokens: readonly DeliveryToken[]
  readonly cookies: CookieAccess
  /** Unix time in seconds. */
  readonly now: number
}

/** Carries a plan out: the store, and the cookies that go with it. */
export async function persist(work: Work): Promise<Persisted> {
  return work.plan.kind === "destroy" ? destroy(work) : write(work)
}

async function destroy({ config, before, plan, request, cookies }: Work): Promise<Persisted> {
  const { store, cookieName } = config
  const keepsCookie = cookies.reach === "nobody"
  if (cookies.reach === "nobody" && !(await isRevocable(config, before, request))) throw cookies.refusal()
  const id = idInStore(before, request)
  if (id !== undefined) await store.destroy(id)
  const writes = [
    removed(sessionCookie({ name: cookieName, value: "", maxAge: 0, https: request.https })),
    ...removedTokens(plan.next, request),
  ]
  return {
    cookies: keepsCookie ? [] : writes,
    waiting: plan.next.flash.waiting,
    session: undefined,
    sums: {},
  }
}

async function write(work: Work): Promise<Persisted> {
  const { config, before, plan, request, tokens, cookies, now } = work
  const { id, createdAt, data } = plan.next
  if (request.isWithheld && before.storedId === undefined && !before.invalidated && !before.regenerated) {
    throw withheld()
  }
  const expiresAt = (data.size > 0 ? expiryOf : messagesExpiryOf)(createdAt, now, config.lifetimes)
  const meta = { createdAt, expiresAt }
  const dataJson = objectOf(data)
  const { value, cookie, waiting } = await seal(work, dataJson, meta)

  const needsCookie = value !== request.session || tokens.length > 0
  // Wiped, the old session must be over whether or not the browser hears of the new one.
  const isMoved = before.storedId !== undefined && before.storedId !== id && !before.invalidated
  if (cookies.reach === "nobody" && needsCookie) throw cookies.refusal()
  if (cookies.reach === "perhaps" && isMoved) throw cookies.refusal()

  // Only now is anything changed: what cannot be told to the browser, or not whole, left the session as it was.
  const committed = await config.store.commit({
    from: idInStore(before, request),
    id,
    wipe: before.invalidated,
    data: dataJson,
    flash: deliveriesToJson(waiting),
    changes: sessionChanges(before, plan.dataChanges, waiting),
    meta,
  })
  if (committed === undefined) {
    config.report({ type: "commit-conflict" })
    throw gone()
  }
  const maxAge = tokenSeconds(config.lifetimes)
  const newTokens = tokens.map((token) => tokenCookie(token, maxAge, request.https))
  const next = { ...plan.next, flash: { ...plan.next.flash, waiting } }
  const writes = [cookie, ...newTokens, ...removedTokens(next, request)]
  return { cookies: cookies.reach === "nobody" ? [] : writes, waiting, session: value, sums: committed.sums }
}

/** What goes over the wire, and the deliveries that are kept: within the limits, and so that the cookie fits. */
async function seal({ config, plan, request, now }: Work, data: JsonObject, meta: SaveMeta) {
  const { waiting, fields } = boundFeedback(plan.next.flash.waiting)
  if (fields.length > 0) config.report(inputTrimmed(fields))
  return fitCookie(config, {
    data,
    waiting,
    isNew: (delivery) => plan.sent.has(delivery),
    async seal(flash) {
      const value = await config.store.cookieValue(plan.next.id, data, flash, meta)
      const cookie = sessionCookie({
        name: config.cookieName,
        value: packCookieValue(now, value),
        maxAge: meta.expiresAt - now,
        https: request.https,
      })
      return { value, cookie }
    },
  })
}

/**
 * The id that the store may hold the session under. A sign-out that found none under the id in its
 * cookie may have come a moment after another request gave the session a new one: the store knows.
 */
function idInStore(before: SessionState, { session }: RequestCookies): string | undefined {
  if (before.storedId !== undefined || !before.invalidated) return before.storedId
  // Where the cookie is the session, there is no id in it, and nothing else to end.
  return session !== undefined && isSessionId(session) ? session : undefined
}

function removedTokens(next: SessionState, request: RequestCookies): CookieWrite[] {
  const stale = request.tokens.filter((token) => !isHeld(next, token.id))
  return stale.map((token) => removed(tokenCookie(token, 0, request.https)))
}

/** Whether the store alone can end the session: not where the cookie is the session. */
async function isRevocable(
  { store }: Config,
  before: SessionState,
  request: RequestCookies,
): Promise<boolean> {
  const { storedId, createdAt } = before
  if (storedId === undefined) return true
  return (await store.cookieValue(storedId, {}, {}, { createdAt, expiresAt: createdAt })) === request.session
}

function withheld(): SessionError {
  return new SessionError(
    "SESSION_COOKIE_WITHHELD",
    `Another site's page sent this post, and with such a post browsers send no SameSite=Lax cookie: writing ` +
      `now would replace the session the person may have. Nothing was written. Redirect to a route of your ` +
      `own and write there, where the cookie comes along; or, to sign somebody in, call ` +
      `session.regenerate() first, which starts a new session on purpose.`,
  )
}

function gone(): SessionError {
  return new SessionError(
    "SESSION_GONE",
    `The session ended while this request was working on it: signed out elsewhere, given a new id, or ` +
      `expired. Nothing was written, for that would bring it back. The next request starts without it.`,
  )
}
