import { atRequest, CLAIM_SETTLES_SECONDS } from "../core/delivery"
import { ASKED, tokenPath, type DeliveryToken } from "../core/delivery-token"
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

/** Carries out what the delivery rule says of the messages that wait while a request passes. */
export function arrivals(
  config: Config,
  { asker, path, to, redirects, renders, refererPath }: Passage,
  tokens: readonly DeliveryToken[],
  https: boolean,
): Arrivals {
  const ids: string[] = []
  const writes: CookieWrite[] = []
  if (tokens.length === 0) return { ids, writes }
  const facts = {
    asker,
    path,
    refererPath: refererPath(),
    redirectsTo: redirects ? to : undefined,
    renders,
    isPrerendered: config.isPrerendered(path),
  }
  for (const token of tokens) {
    const passing = atRequest(token, facts)
    if (passing === "show") {
      ids.push(token.takenBy === ASKED ? token.id + ASKED : token.id)
      writes.push(tokenCookie({ ...token, takenBy: tokenPath(path) }, CLAIM_SETTLES_SECONDS, https))
    } else if (passing !== "leave") {
      const waiting = { ...token, to: tokenPath(passing.waitsFor), takenBy: "" }
      writes.push(tokenCookie(waiting, tokenSeconds(config.lifetimes), https))
    }
  }
  return { ids, writes }
}
