import type { FlashClaim } from "../core/claim.ts"
import { createActor, type SessionActor } from "../core/actor.ts"
import { deliveriesFromJson, type Delivery } from "../core/flash.ts"
import { randomSessionId } from "../core/random-id.ts"
import { newSessionState, type SessionState } from "../core/state.ts"
import type { UnreadableReason } from "../core/store.ts"
import type { Config } from "./config.ts"
import { readTokens, sessionCookieName, unpackCookieValue, type CookieReader } from "./cookies.ts"
import type { DeliveryToken } from "../core/delivery-token.ts"

/** What the browser holds; a commit brings it up to date with the cookies it sets. */
export interface RequestCookies {
  readonly https: boolean
  tokens: readonly DeliveryToken[]
  /** The session cookie's value; undefined when there is none, or none of ours. */
  readonly session: string | undefined
  /** When that cookie was written, Unix time in seconds. */
  writtenAt: number | undefined
}

export function readRequestCookies(cookies: CookieReader, https: boolean, config: Config): RequestCookies {
  const packed = cookies.get(sessionCookieName(config.cookieName, https))?.value
  const unpacked = packed === undefined ? undefined : unpackCookieValue(packed)
  if (packed !== undefined && unpacked === undefined) {
    config.onEvent({ type: "session-unreadable", reason: "malformed" })
  }
  return {
    https,
    tokens: readTokens(cookies),
    session: unpacked?.value,
    writtenAt: unpacked?.writtenAt,
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
  const state = (await load(config, cookies.session, claims)) ?? newSessionState(randomSessionId(), now)
  const arrived = claims.flatMap(({ id }) => {
    const delivery = state.pending.get(id)
    return delivery === undefined || delivery.expiresAt <= now
      ? []
      : ([[id, delivery]] as [string, Delivery][])
  })
  return createActor({ ...state, arrived: new Map(arrived) }, config.now, beforeWrite)
}

async function load(
  config: Config,
  cookieValue: string | undefined,
  claims: readonly FlashClaim[],
): Promise<SessionState | undefined> {
  if (cookieValue === undefined) return undefined
  const report = (reason: UnreadableReason) => config.onEvent({ type: "session-unreadable", reason })

  const stored = await config.store.take(cookieValue, claims, report)
  if (stored === undefined) return undefined
  if (stored.createdAt + config.lifetimes.absoluteSeconds <= config.now()) return void report("expired")

  const data = new Map(Object.entries(stored.data))
  return {
    ...newSessionState(stored.id, stored.createdAt),
    storedId: stored.id,
    data,
    storedData: data,
    pending: deliveriesFromJson(stored.flash),
    claimed: new Map((stored.claimed ?? []).map(({ id, settled }) => [id, settled])),
  }
}
