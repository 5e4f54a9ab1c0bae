import { CLAIM_SETTLES_SECONDS } from "../core/claim"
import { arrivesAt, ASKED, cameFrom, isAskedFor, tokenPath, type DeliveryToken } from "../core/delivery-token"
import { ANYWHERE } from "../core/flash"
import { tokenSeconds } from "../core/lifetime"
import type { Config } from "./config"
import { tokenCookie, type CookieWrite } from "./cookies"
import type { Passage } from "./passage"

interface Arrivals {
  /** Ids of the deliveries that this very document or page shows, as `ARRIVED_HEADER` names them. */
  readonly ids: readonly string[]
  /** What becomes of their tokens. */
  readonly writes: readonly CookieWrite[]
}

/** What waits for the document a person opens, or was asked for by a page on screen, and what becomes of it. */
export function arrivals(
  config: Config,
  { asker, path, to, redirects, renders, refererPath }: Passage,
  tokens: readonly DeliveryToken[],
  https: boolean,
): Arrivals {
  const arrives = (token: DeliveryToken) => {
    if (asker === "page" || asker === "worker") return isAskedFor(token, path)
    if (asker === "nobody") return false
    // In a frame only what was written there: the page around it may load the same path.
    return arrivesAt(token, path, refererPath()) && (asker === "person" || cameFrom(token, refererPath()))
  }
  const arriving = tokens.filter(arrives)
  const waiting = (token: DeliveryToken, at: string) =>
    tokenCookie({ ...token, to: tokenPath(at), takenBy: "" }, tokenSeconds(config.lifetimes), https)
  // The target sends the person on: what waited for it waits where they are sent.
  if (redirects) return { ids: [], writes: arriving.map((token) => waiting(token, to)) }
  if (!renders) return { ids: [], writes: [] }
  // Only client code can show it there; where there is none, it waits for whichever page is next.
  if (config.isPrerendered(path))
    return { ids: [], writes: arriving.map((token) => waiting(token, ANYWHERE)) }
  const taken = (token: DeliveryToken) => ({ ...token, takenBy: tokenPath(path) })
  return {
    ids: arriving.map(({ id, takenBy }) => (takenBy === ASKED ? id + ASKED : id)),
    writes: arriving.map((token) => tokenCookie(taken(token), CLAIM_SETTLES_SECONDS, https)),
  }
}
