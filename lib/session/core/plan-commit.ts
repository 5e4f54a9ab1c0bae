import { destinationOf, IN_PLACE, IN_PLACE_ONLY, type Destination, type Outcome } from "./delivery"
import {
  mergeFlash,
  numbered,
  oldestFirst,
  type Delivery,
  type FlashContent,
  type WrittenFlash,
} from "./flash"
import { compareData, type DataChanges } from "./changes"
import type { Lifetimes } from "./lifetime"
import { MAX_WAITING } from "./limits"
import type { HeldFlash, SessionState } from "./state"

/** What a commit does to the store and to the cookie. */
export type CommitKind = "nothing" | "touch" | "write" | "migrate" | "destroy"

export interface CommitPlan {
  readonly kind: CommitKind
  /** The state to go on with once the commit succeeded. */
  readonly next: SessionState
  /** What differs from the data that was loaded. */
  readonly dataChanges: DataChanges
  /** Deliveries this commit adds, per id. */
  readonly sent: ReadonlyMap<string, Delivery>
  /** Deliveries dropped because their time, or the room for them, ran out before anybody arrived for them. */
  readonly expired: ReadonlyMap<string, Delivery>
  /** Whether this response has to render the page, because a flash is shown there and only there. */
  readonly rendersFlash: boolean
}

export interface CommitFacts {
  readonly outcome: Outcome
  /** Unix time in seconds. */
  readonly now: number
  readonly lifetimes: Lifetimes
  /** Ids of the waiting deliveries nobody got yet; the others were delivered. */
  readonly undelivered: ReadonlySet<string>
  readonly touchIsDue: boolean
  /** The browser holds a session cookie, whether or not the store found a session for it. */
  readonly hasCookie: boolean
  readonly newDeliveryId: () => string
}

/** Decides what a commit does. Pure but for `newDeliveryId`. */
export function planCommit(state: SessionState, facts: CommitFacts): CommitPlan {
  const { sent, expired, rendersFlash, waiting, ...shown } = planFlash(state.flash, facts)
  const dataChanges = compareData(state)
  const kind = decide({
    stored: state.storedId !== undefined,
    sameId: state.storedId === state.id,
    holdsSomething: state.data.size > 0 || waiting.size > 0,
    changed: sent.size > 0 || expired.size > 0 || !isEmpty(dataChanges),
    touchIsDue: facts.touchIsDue,
    signsOut: state.invalidated && facts.hasCookie,
  })
  // What the store is not told of it still holds; what is settled goes with whatever is written next.
  const { claimed } = state.flash
  const held =
    kind === "nothing"
      ? { storedId: state.storedId, waiting: state.flash.waiting, claimed }
      : { storedId: kind === "destroy" ? undefined : state.id, waiting, claimed: unsettled(claimed) }
  const next: SessionState = {
    ...state,
    storedId: held.storedId,
    storedData: state.data,
    added: new Map(),
    pulled: new Map(),
    flash: { ...shown, written: [], waiting: held.waiting, claimed: held.claimed },
    invalidated: false,
    regenerated: false,
  }
  return { kind, dataChanges, sent, expired, rendersFlash, next }
}

type FlashPlan = Pick<CommitPlan, "sent" | "expired" | "rendersFlash"> &
  Pick<HeldFlash, "waiting" | "inPlace" | "arrived">

function planFlash(flash: HeldFlash, facts: CommitFacts): FlashPlan {
  const sent = new Map<string, Delivery>()
  const onlyNow = new Map<string, FlashContent>()
  // What was left to this response's page goes along when a later callback redirects after all.
  const redirects = facts.outcome.kind === "redirect"
  const inPlace = new Map(redirects ? [] : flash.inPlace)
  const left = redirects ? [...flash.inPlace.values()].map((content) => ({ content })) : []
  for (const [to, content] of byDestination([...left, ...flash.written], facts.outcome)) {
    const id = facts.newDeliveryId()
    if (to === IN_PLACE) inPlace.set(id, content)
    else if (to === IN_PLACE_ONLY) onlyNow.set(id, content)
    else {
      const delivery = { ...content, to, expiresAt: facts.now + facts.lifetimes.flashSeconds }
      sent.set(id, numbered(delivery, [...flash.waiting.values(), ...sent.values()]))
    }
  }
  const earlier = [...flash.arrived].filter(([id]) => !flash.inPlace.has(id))

  const undelivered = [...flash.waiting].filter(([id]) => facts.undelivered.has(id))
  const live = undelivered.filter(([, delivery]) => delivery.expiresAt > facts.now)
  const waiting = new Map([...oldestFirst(live), ...sent].slice(-MAX_WAITING))
  const expired = new Map([...undelivered, ...sent].filter(([id]) => !waiting.has(id)))
  for (const id of expired.keys()) sent.delete(id)

  return {
    sent,
    expired,
    waiting,
    inPlace,
    arrived: new Map([...earlier, ...inPlace, ...onlyNow]),
    rendersFlash: inPlace.size > flash.inPlace.size || onlyNow.size > 0,
  }
}

/** The decision table: what is known of a session, and what committing it does. */
export function decide(session: {
  /** The store holds it. */
  readonly stored: boolean
  /** The store holds it under the id it has now. */
  readonly sameId: boolean
  /** There is data, or a flash on its way. */
  readonly holdsSomething: boolean
  readonly changed: boolean
  readonly touchIsDue: boolean
  /** What the browser's cookie names is to be over. Where nothing was found under it, it may have moved. */
  readonly signsOut: boolean
}): CommitKind {
  if (!session.stored && session.holdsSomething) return "write"
  if (!session.stored) return session.signsOut ? "destroy" : "nothing"
  if (!session.sameId) return session.holdsSomething ? "migrate" : "destroy"
  if (session.changed) return "write"
  return session.touchIsDue ? "touch" : "nothing"
}

function byDestination(written: readonly WrittenFlash[], outcome: Outcome): Map<Destination, FlashContent> {
  const groups = new Map<Destination, FlashContent[]>()
  for (const flash of written) {
    const to = destinationOf(flash, outcome)
    if (to !== undefined) groups.set(to, [...(groups.get(to) ?? []), flash.content])
  }
  return new Map([...groups].map(([to, contents]) => [to, mergeFlash(contents)]))
}

function isEmpty({ put, forget, add }: DataChanges): boolean {
  return [put, forget, add].every((part) => Object.keys(part).length === 0)
}

function unsettled(claimed: HeldFlash["claimed"]): HeldFlash["claimed"] {
  return new Map([...claimed].filter(([, settled]) => !settled))
}
