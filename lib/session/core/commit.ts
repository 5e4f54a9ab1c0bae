import { ANYWHERE, mergeFlash, numbered, oldestFirst, type Delivery, type FlashContent } from "./flash"
import { compareData, type DataChanges } from "./changes"
import type { Lifetimes } from "./lifetime"
import type { OutgoingFlash, SessionState } from "./state"

/** Where the response of this request leads, which decides where its flash goes. */
export type Outcome =
  /** A redirect inside the app: `to` is its path; or one that leaves it: `ANYWHERE`. */
  | { readonly kind: "redirect"; readonly to: string }
  /** The same response renders the page the person is on. */
  | { readonly kind: "render" }
  /** Neither: a route handler's own response, an error, a background call. */
  | { readonly kind: "other" }

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
  /** Ids of the pending deliveries nobody got yet; the others were delivered. */
  readonly undelivered: ReadonlySet<string>
  readonly touchIsDue: boolean
  /** The browser holds a session cookie, whether or not the store found a session for it. */
  readonly hasCookie: boolean
  readonly newDeliveryId: () => string
}

/** Decides what a commit does. Pure but for `newDeliveryId`. */
export function planCommit(state: SessionState, facts: CommitFacts): CommitPlan {
  const sent = new Map<string, Delivery>()
  const onlyNow = new Map<string, FlashContent>()
  // What was left to this response's page goes along when a later callback redirects after all.
  const redirects = facts.outcome.kind === "redirect"
  const here = new Map(redirects ? [] : state.here)
  const left = redirects ? [...state.here.values()].map((content) => ({ content })) : []
  for (const [to, content] of byDestination([...left, ...state.outgoing], facts.outcome)) {
    const id = facts.newDeliveryId()
    if (to === HERE) here.set(id, content)
    else if (to === HERE_ONLY) onlyNow.set(id, content)
    else {
      const delivery = { ...content, to, expiresAt: facts.now + facts.lifetimes.flashSeconds }
      sent.set(id, numbered(delivery, [...state.pending.values(), ...sent.values()]))
    }
  }
  const earlier = [...state.arrived].filter(([id]) => !state.here.has(id))

  const undelivered = [...state.pending].filter(([id]) => facts.undelivered.has(id))
  const live = undelivered.filter(([, delivery]) => delivery.expiresAt > facts.now)
  const pending = new Map([...oldestFirst(live), ...sent].slice(-MAX_PENDING))
  const expired = new Map([...undelivered, ...sent].filter(([id]) => !pending.has(id)))
  for (const id of expired.keys()) sent.delete(id)

  const dataChanges = compareData(state)
  const kind = decide({
    stored: state.storedId !== undefined,
    sameId: state.storedId === state.id,
    holdsSomething: state.data.size > 0 || pending.size > 0,
    changed: sent.size > 0 || expired.size > 0 || !isEmpty(dataChanges),
    touchIsDue: facts.touchIsDue,
    signsOut: state.invalidated && facts.hasCookie,
  })
  return {
    kind,
    dataChanges,
    sent,
    expired,
    rendersFlash: here.size > state.here.size || onlyNow.size > 0,
    next: {
      ...state,
      ...(kind === "nothing" ? {} : { storedId: kind === "destroy" ? undefined : state.id, pending }),
      storedData: state.data,
      added: new Map(),
      pulled: new Map(),
      arrived: new Map([...earlier, ...here, ...onlyNow]),
      // The settled ones go with whatever is written next.
      claimed: kind === "nothing" ? state.claimed : unsettled(state.claimed),
      outgoing: [],
      here,
      invalidated: false,
      regenerated: false,
    },
  }
}

/** Each one costs the browser a token; a person is never on the way to more pages than a few. */
const MAX_PENDING = 8

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

const HERE = Symbol("the page this response renders")
const HERE_ONLY = Symbol("the page this response renders, or none")

/** A path, any page, or the page of this very response. */
type Destination = string | typeof HERE | typeof HERE_ONLY

function byDestination(outgoing: readonly OutgoingFlash[], outcome: Outcome): Map<Destination, FlashContent> {
  const groups = new Map<Destination, FlashContent[]>()
  for (const flash of outgoing) {
    const to = destination(flash, outcome)
    if (to !== undefined) groups.set(to, [...(groups.get(to) ?? []), flash.content])
  }
  return new Map([...groups].map(([to, contents]) => [to, mergeFlash(contents)]))
}

function destination(flash: OutgoingFlash, outcome: Outcome): Destination | undefined {
  if (flash.onlyNow) return outcome.kind === "render" ? HERE_ONLY : undefined
  if (flash.to !== undefined) return flash.to
  if (outcome.kind === "redirect") return outcome.to
  return outcome.kind === "render" ? HERE : ANYWHERE
}

function isEmpty({ put, forget, add }: DataChanges): boolean {
  return [put, forget, add].every((part) => Object.keys(part).length === 0)
}

function unsettled(claimed: SessionState["claimed"]): SessionState["claimed"] {
  return new Map([...claimed].filter(([, settled]) => !settled))
}
