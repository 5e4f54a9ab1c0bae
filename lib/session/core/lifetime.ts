import { RENEWALS_PER_IDLE } from "./limits"

/**
 * How long things live. All values are whole seconds; a cookie can say no other. Of the first two the
 * earlier one ends a session, so one that is longer than the other just never comes first.
 */
export interface Lifetimes {
  /** A session nobody used for this long is over. Default 14 days. */
  readonly idleSeconds: number
  /** A session is over this long after it was created, used or not. Default 90 days. */
  readonly absoluteSeconds: number
  /** A flash nobody arrived for is dropped after this long. Default 5 minutes. */
  readonly flashSeconds: number
}

const DAY_SECONDS = 24 * 60 * 60

export const defaultLifetimes: Lifetimes = {
  idleSeconds: 14 * DAY_SECONDS,
  absoluteSeconds: 90 * DAY_SECONDS,
  flashSeconds: 5 * 60,
}

/** A hundred years. Dates, cookies and Redis each have an end somewhere beyond it. */
export const MAX_LIFETIME_SECONDS = 100 * 365 * DAY_SECONDS

/**
 * Unix time in whole seconds at which a session used `now` ends: idle or absolute, whichever is first.
 *
 * @param createdAt as the store gave it back, which may have kept a finer time
 */
export function expiryOf(createdAt: number, now: number, lifetimes: Lifetimes): number {
  return Math.floor(Math.min(now + lifetimes.idleSeconds, createdAt + lifetimes.absoluteSeconds))
}

/**
 * When a session without data ends, Unix time in seconds: with its messages. Until then and as long again,
 * so that one nobody arrived for can still be reported.
 */
export function messagesExpiryOf(createdAt: number, now: number, lifetimes: Lifetimes): number {
  return Math.min(expiryOf(createdAt, now, lifetimes), now + tokenSeconds(lifetimes))
}

/**
 * How long a delivery token lives, in seconds: longer than its flash, so that a flash nobody arrived
 * for can be told from a delivered one.
 */
export function tokenSeconds(lifetimes: Lifetimes): number {
  return lifetimes.flashSeconds * 2
}

/**
 * Whether a session last written at `writtenAt` should have its idle lifetime renewed. At most once
 * per idle/12, so that reading pages does not rewrite the cookie on every response.
 */
export function touchIsDue(writtenAt: number, now: number, lifetimes: Lifetimes): boolean {
  return now - writtenAt >= lifetimes.idleSeconds / RENEWALS_PER_IDLE
}
