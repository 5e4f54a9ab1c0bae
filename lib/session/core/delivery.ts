import type { FlashClaim, KeptClaim } from "./claim"
import { ASKED, cameFrom, isPath, isTaken, type DeliveryToken } from "./delivery-token"
import { ANYWHERE, type WrittenFlash } from "./flash"

/**
 * The delivery rule: all that is decided about a message between its being written and its being seen, each
 * decision a function from facts to what is done. Whoever calls them gathers the facts and carries the
 * decision out, and decides nothing. docs/delivery.md tells the rule in prose; `delivery.test.ts` has a row
 * for each of its sentences.
 */

// 1. A message was written, and the request commits: where does it go?

/** Where the response of a request leads, which decides where its messages go. */
export type Outcome =
  /** A redirect inside the app: `to` is its path; or one that leaves it: `ANYWHERE`. */
  | { readonly kind: "redirect"; readonly to: string }
  /** The same response renders the page the person is on. */
  | { readonly kind: "render" }
  /** Neither: a route handler's own response, an error, a background call. */
  | { readonly kind: "other" }

export const IN_PLACE = Symbol("the page this response renders, or the redirect of a later commit")
export const IN_PLACE_ONLY = Symbol("the page this response renders")

/** A path, `ANYWHERE`, or the page of this very response, to which nothing has to travel. */
export type Destination = string | typeof IN_PLACE | typeof IN_PLACE_ONLY

/** @returns undefined for what nobody is to see */
export function destinationOf(flash: WrittenFlash, outcome: Outcome): Destination | undefined {
  if (flash.onlyNow) return outcome.kind === "render" ? IN_PLACE_ONLY : undefined
  if (flash.to !== undefined) return flash.to
  if (outcome.kind === "redirect") return outcome.to
  return outcome.kind === "render" ? IN_PLACE : ANYWHERE
}

// 2. A request passes middleware with the token of a delivery: what becomes of it?

/** Who sends a request. */
export type Asker =
  /** A person opens a document. */
  | "person"
  /** A person's act loads a frame: their own link or form in it, or the page around it. */
  | "frame"
  /** Code in a page that a person has open: Next's router, a fetch, a browser that looks ahead. */
  | "page"
  /** A service worker by a request of its own making: for a person who navigates, or for code in a page. */
  | "worker"
  /** A frame that loads by itself, an image, a monitor, a crawler, a program. */
  | "nobody"

export interface PassingFacts {
  readonly asker: Asker
  /** The path that is asked for. */
  readonly path: string
  /** The path of the page the request names as its Referer; `""` when it names none of this app. */
  readonly refererPath: string
  /** The path that middleware sends the person on to, or `ANYWHERE`; undefined when it redirects nowhere. */
  readonly redirectsTo: string | undefined
  /** Whether Next goes on to the page, as opposed to an answer of middleware's own. */
  readonly renders: boolean
  /** Whether the page is one for everybody, on which only client code can show a message. */
  readonly isPrerendered: boolean
}

export type Passing =
  /** It is not for this request. */
  | "leave"
  /** This page shows it, and the token is marked with the page's path. */
  | "show"
  /** From now on it waits for this path, or `ANYWHERE`. */
  | { readonly waitsFor: string }

export function atRequest(token: DeliveryToken, facts: PassingFacts): Passing {
  if (!isFor(token, facts)) return "leave"
  // The target sends the person on: what waited for it waits where they are sent.
  if (facts.redirectsTo !== undefined) return { waitsFor: facts.redirectsTo }
  if (!facts.renders) return "leave"
  // Where there is no client code, it waits for whichever page is next.
  return facts.isPrerendered ? { waitsFor: ANYWHERE } : "show"
}

function isFor(token: DeliveryToken, { asker, path, refererPath }: PassingFacts): boolean {
  if (asker === "nobody") return false
  if (asker === "page" || asker === "worker") return isAskedFor(token, path)
  // In a frame only what was written there: the page around it may load the same path.
  return arrivesAt(token, path, refererPath) && (asker === "person" || cameFrom(token, refererPath))
}

/** Whether the page at `path` asks for it by a request that is no document's. */
function isAskedFor(token: DeliveryToken, path: string): boolean {
  return token.takenBy === ASKED && isPath(token.to, path)
}

/**
 * Whether the person asking for the document at `path` is the one this delivery waits for.
 *
 * Besides the path it is addressed to, that is the document a redirect led on to: browsers keep the
 * Referer over a redirect, so a document asked for with the Referer of the page that wrote the message
 * is where that page's redirect ended. A page flashing to itself gives no such hint.
 */
function arrivesAt(token: DeliveryToken, path: string, refererPath: string): boolean {
  if (isTaken(token)) return false
  if (token.to === ANYWHERE || isPath(token.to, path)) return true
  return cameFrom(token, refererPath) && token.from !== token.to
}

// 3. A page renders, or client code asks: who claims the delivery, and who gets it?

/** The render inside an action's own response shows what waits for the page the action redirects to. */
export function claimInActionsRender(token: DeliveryToken, target: string): FlashClaim | undefined {
  if (token.takenBy !== "" || (token.to !== ANYWHERE && !isPath(token.to, target))) return undefined
  return { id: token.id, by: "action", over: ["action"] }
}

export interface RenderFacts {
  /** The delivery that middleware told the page to show. */
  readonly id: string
  /** Whether our client code had it before, and left it to the page. */
  readonly wasLeftToPage: boolean
  /** Its token, if the request has it. */
  readonly token: DeliveryToken | undefined
  readonly refererPath: string
}

/** A page shows what middleware told it to. */
export function claimOfPage({ id, wasLeftToPage, token, refererPath }: RenderFacts): FlashClaim {
  if (wasLeftToPage) return claimOfLeft(id)
  // The page that wrote it loads its target as a document when the action's own render came to nothing.
  const isFallback = token !== undefined && cameFrom(token, refererPath)
  return { id, by: "document", over: isFallback ? ["action"] : [] }
}

/** Client code shows what it found waiting; see `atPage`. */
export function claimOfClient({ id, takenBy }: DeliveryToken): FlashClaim {
  if (takenBy === "") return { id, by: "client", over: ["action"] }
  if (takenBy === ASKED) return claimOfLeft(id)
  // A document was told to show it, and client code knows that it did not.
  return { id, by: "client", over: ["action", "document"] }
}

/** Client code had it before, and left it to the page. */
function claimOfLeft(id: string): FlashClaim {
  return { id, by: "client", over: ["action", "document", "client"] }
}

/** How long a render inside an action's response is given to reach the browser, in seconds. */
export const ACTION_CLAIM_SECONDS = 10

/**
 * How long a document's claim can still be found to have shown nothing, in seconds: the client code
 * may find that the document redirected while it rendered, or had no banner.
 */
export const CLAIM_SETTLES_SECONDS = 60

/** How long client code that did not hear the answer to its final claim may go on asking, in seconds. */
export const FINAL_CLAIM_SETTLES_SECONDS = 10

/**
 * Whether a new claim wins over the one the store keeps. The Redis store decides the same in Lua
 * (`TAKE` in stores/redis/scripts.ts), the Postgres store in SQL (stores/postgres/statements.ts).
 *
 * @param now Unix time in seconds
 */
export function winsClaim(claim: FlashClaim, kept: KeptClaim | undefined, now: number): boolean {
  if (kept === undefined || claim.over.includes(kept.by)) return true
  return kept.by === "action" && now - kept.at >= ACTION_CLAIM_SECONDS
}

/**
 * Unix time in seconds from which a delivery is over, so that the next read forgets it together with its
 * claim: it expired, or whoever claimed it can be sure to have it. The same is in Lua, too.
 *
 * @param expiresAt of the delivery; 0 when it has no such time, undefined when there is no delivery
 */
export function overAt(expiresAt: number | undefined, claim: KeptClaim | undefined): number {
  if (expiresAt === undefined) return 0
  const expires = expiresAt === 0 ? Infinity : expiresAt
  if (claim === undefined) return expires
  const settles = claim.by === "client" ? FINAL_CLAIM_SETTLES_SECONDS : CLAIM_SETTLES_SECONDS
  return Math.min(expires, claim.at + settles)
}

// 4. Client code finds a token on the page it is on: what does it do?

export interface PageFacts {
  /** The page's path without base path. */
  readonly path: string
  /** Whether the server rendered this page for one request, and so had its say. */
  readonly isRendered: boolean
  /** Whether this is the page the document was loaded for. */
  readonly isFirstPage: boolean
  /** Whether the person just opened it, as opposed to a re-render. */
  readonly isNewPage: boolean
  /** The path the document was loaded for, wherever the router has gone since. */
  readonly loadedFor: string
  /** The path of the page the document names as its Referer; `""` when it is none of this app. */
  readonly refererPath: string
  /** Whether the document before this one made room for it by itself, by a redirect that it carried out. */
  readonly wasMadeRoomFor: boolean
}

export type Finding =
  /** It waits for another page. */
  | "leave"
  /** This page fetches it and shows it. */
  | "show"
  /** It was shown: the token goes. */
  | "clear"
  /** It was shown if there is a page where it was to be shown, which only the server knows. */
  | "clear-if-there-is-a-page"

/** @param wasSeen whether this tab has shown it */
export function atPage(token: DeliveryToken, wasSeen: boolean, page: PageFacts): Finding {
  if (wasSeen) return "clear"
  if (isTaken(token)) return afterDocument(token, page)
  const isForHere = isPath(token.to, page.path) || (token.to === ANYWHERE && page.isNewPage)
  return isForHere ? "show" : "leave"
}

/**
 * A document was told to show it; did it? Not if that is this one and it was prerendered. Not if the
 * router moved on from it and the token is still here: then it had no banner. Not if this document is
 * where it moved on to. And not if there is no page at that address. Any other document is another tab's,
 * or one the person left before its scripts could clear the token.
 */
function afterDocument(token: DeliveryToken, page: PageFacts): Finding {
  if (isPath(token.takenBy, page.path)) return page.isRendered ? "clear" : "show"
  if (!page.isNewPage) return "clear"
  const isWhereItLed = page.isFirstPage ? movedOnTo(token, page) : isPath(token.takenBy, page.loadedFor)
  return isWhereItLed ? "show" : "clear-if-there-is-a-page"
}

/**
 * Whether this document is where the one that was told ended: it redirected while it rendered, so that this
 * one came with the Referer of the page that wrote the message; or it redirected in the browser before
 * anybody could read it; or it was a download or a route handler, which nobody comes from.
 */
function movedOnTo(token: DeliveryToken, { refererPath, wasMadeRoomFor }: PageFacts): boolean {
  if (isPath(token.takenBy, refererPath)) return wasMadeRoomFor
  return token.to === ANYWHERE || (cameFrom(token, refererPath) && token.from !== token.takenBy)
}

/** What client code fetched, and where. */
export interface FetchedFacts {
  /** Whether it holds what only the page can show: form feedback, values that are no text, other keys. */
  readonly hasMore: boolean
  /** Whether the banner shows any of it. */
  readonly hasNotices: boolean
  readonly isRendered: boolean
}

/**
 * The banner shows what it can. What only the page can show is left to it: the server renders the page with
 * it, or, where it prerendered the page, it waits for another.
 */
export function isLeftToPage({ hasMore, hasNotices, isRendered }: FetchedFacts): boolean {
  return hasMore && (isRendered || !hasNotices)
}

/** How long a message has to be on screen to count as read, in milliseconds. */
const READING_MS = 5000

/** How long a page may take to be replaced by the one it redirects to, in milliseconds. */
const ARRIVAL_MS = 10_000

/** What was on screen when its page was left, though the person did nothing. */
export interface LeftFacts {
  readonly onScreenMs: number
  readonly sinceMs: number
  /** Whether this page is the one that it moved on to by itself. */
  readonly isWhereItLed: boolean
}

/** Shown is not read: the page that a page redirects to while it streams shows its messages again. */
export function isShownAgain({ onScreenMs, sinceMs, isWhereItLed }: LeftFacts): boolean {
  return onScreenMs <= READING_MS && sinceMs <= ARRIVAL_MS && isWhereItLed
}
