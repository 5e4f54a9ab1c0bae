import type { FlashClaim } from "../core/claim"
import { createActor, type SessionActor } from "../core/actor"
import { deliveriesFromJson, type Delivery } from "../core/flash"
import { emptyState, newSessionState, noHeldFlash, type SessionState } from "../core/state"
import type { StoredSession, UnreadableReason } from "../core/store"
import type { Config } from "./config"
import { isCrossSite } from "./cross-site"
import { trace } from "./report"
import { readTokens, sessionCookieName, unpackCookieValue, type CookieReader } from "./cookies"
import type { DeliveryToken } from "../core/delivery-token"

/** What the browser holds; a commit brings it up to date with the cookies it sets. */
export interface RequestCookies {
  readonly https: boolean
  tokens: readonly DeliveryToken[]
  /** The session cookie as the browser sent it. */
  readonly packed: string | undefined
  /** What the store reads in it; undefined when there is no cookie, or none of ours. */
  session: string | undefined
  /** When that cookie was written, Unix time in seconds. */
  writtenAt: number | undefined
  /** There may be a cookie that the browser did not send: with another site's post it sends none. */
  readonly isWithheld: boolean
}

/** @param request whose own Cookie header has what Next leaves out of `cookies` */
export function readRequestCookies(
  cookies: CookieReader,
  https: boolean,
  config: Config,
  request?: { readonly method: string; readonly headers: Headers },
): RequestCookies {
  const name = sessionCookieName(config.cookieName, https)
  // Next drops, without a word, a value that is not percent-encoding.
  const isLeftOut = () =>
    request?.headers
      .get("cookie")
      ?.split(/; */)
      .some((pair) => pair.startsWith(`${name}=`)) ?? false
  const packed = cookies.get(name)?.value ?? (isLeftOut() ? "" : undefined)
  const unpacked = packed === undefined ? undefined : unpackCookieValue(packed)
  return {
    https,
    packed,
    tokens: readTokens(cookies, config.tokenPrefix),
    session: unpacked?.value,
    writtenAt: unpacked?.writtenAt,
    isWithheld:
      packed === undefined && request !== undefined && isCrossSite(request.method, request.headers, []),
  }
}

/**
 * Loads the session and starts its actor.
 *
 * @param claims the deliveries this request wants to show; from a store that several requests reach
 *   at once it gets those nobody else has claimed
 * @throws SessionError `SESSION_STORE_UNAVAILABLE` when the store could not answer
 */
export async function openSession(
  config: Config,
  cookies: RequestCookies,
  claims: readonly FlashClaim[],
  beforeWrite: () => void,
): Promise<SessionActor> {
  const now = config.now()
  const stored = await load(config, cookies, claims, now)
  const state = stored ?? emptyState
  const arrived = claims.flatMap(({ id }) => {
    const delivery = state.flash.waiting.get(id)
    return delivery === undefined || delivery.expiresAt <= now
      ? []
      : ([[id, delivery]] as [string, Delivery][])
  })
  trace("open", () => ({
    isStored: stored !== undefined,
    asksFor: claims.length,
    arrived: arrived.length,
  }))
  return createActor(
    { ...state, flash: { ...state.flash, arrived: new Map(arrived) } },
    config.now,
    beforeWrite,
  )
}

async function load(
  config: Config,
  { packed, session }: RequestCookies,
  claims: readonly FlashClaim[],
  now: number,
): Promise<SessionState | undefined> {
  if (packed === undefined) return undefined
  const report = (reason: UnreadableReason) => config.report({ type: "session-unreadable", reason })
  if (session === undefined) return void report("malformed")

  const stored = await config.store.take(session, claims, report)
  if (stored === undefined) return undefined
  if (stored.createdAt + config.lifetimes.absoluteSeconds <= now) return void report("expired")
  return stateOf(stored)
}

function stateOf(stored: StoredSession): SessionState {
  const data = new Map(Object.entries(stored.data))
  return {
    ...newSessionState(stored.id, stored.createdAt),
    storedId: stored.id,
    data,
    storedData: data,
    flash: {
      ...noHeldFlash,
      waiting: deliveriesFromJson(stored.flash),
      claimed: new Map((stored.claimed ?? []).map(({ id, settled }) => [id, settled])),
    },
  }
}
