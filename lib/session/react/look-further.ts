import type { ArrivedDelivery } from "../core/arrived"
import { addressOf, followFeedback } from "./feedback-on-page"
import type { FlashKinds } from "../core/flash-kinds"
import { takeUnread } from "./take-unread"
import { takeWaiting } from "./take-waiting"

/** The page a banner is on. */
export interface Here {
  /** The page's path without base path. */
  readonly path: string
  /** The whole address. */
  readonly href: string
  /** Whether the server had its say about flash when it rendered this page. */
  readonly rendered?: boolean | undefined
  /** Whether this is the page the document was loaded for. */
  readonly firstPage: boolean
  /** Whether the person just opened it, as opposed to a re-render. */
  readonly newPage: boolean
  /** What the response brought that rendered the banner. */
  readonly arrived: readonly ArrivedDelivery[]
  /** Whether any of it is for the page to show. */
  readonly hasMore?: true | undefined
  /** Whether another response has come since. */
  readonly isReplaced: () => boolean
  /** What the banner shows, if not the usual. */
  readonly kinds?: FlashKinds | undefined
  /** Has the server render the page again, and the router forget the others. */
  readonly refresh: () => void
}

export type Show = (deliveries: readonly ArrivedDelivery[]) => void

/**
 * The part of a banner that is rarely needed: loaded when something may be waiting, and where a page
 * renders something of a delivery by itself.
 *
 * @param show puts messages on the banner
 */
export function lookFurther(board: Here, show: Show): void {
  const here = { ...board, path: board.path.replace(/(.)\/$/, "$1") }
  const { arrived, refresh, isReplaced } = here
  for (const { id, more } of arrived) {
    if (more) followFeedback(id, { address: addressOf(here.href), refresh, isReplaced })
  }

  const look = () => {
    takeUnread(here, show)
    takeWaiting(here, show).catch(() => {})
  }
  // Nobody opened the document of a frame, as far as it can tell; the pages that follow in it somebody did.
  if (window.parent !== window && here.firstPage) return
  // Nor has one loaded speculatively, or in a background tab, anybody in front of it.
  if (document.visibilityState === "visible") look()
  else document.addEventListener("visibilitychange", look, { once: true })
}
