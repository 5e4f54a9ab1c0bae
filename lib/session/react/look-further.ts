import { addressOf, followFeedback } from "./feedback-on-page"
import type { PageOnScreen, Show } from "./page-on-screen"
import { takeUnread } from "./take-unread"
import { takeWaiting } from "./take-waiting"

/** What a banner does besides showing what came with a response: where something came, or may be waiting. */
export function lookFurther(found: PageOnScreen, show: Show): void {
  const page = { ...found, path: found.path.replace(/(.)\/$/, "$1") }
  const { arrived, router, isReplaced } = page
  for (const { id, more } of arrived) {
    if (more) followFeedback(id, { address: addressOf(page.href), refresh: router.refresh, isReplaced })
  }
  const look = () => {
    takeUnread(page, show)
    takeWaiting(page).catch(() => {})
  }
  // Nobody opened the document of a frame, as far as it can tell; the pages that follow in it somebody did.
  if (window.parent !== window && page.firstPage) return
  // Nor has one loaded speculatively, or in a background tab, anybody in front of it.
  if (document.visibilityState === "visible") look()
  else document.addEventListener("visibilitychange", look, { once: true })
}
