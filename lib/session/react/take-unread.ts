import { isShownAgain } from "../core/delivery"
import type { PageOnScreen, Show } from "./page-on-screen"
import { isRevisited, replacedItself } from "./this-document"
import { UNREAD_KEY } from "./may-wait"
import type { Unread } from "./seen"

/**
 * Shows again what the page before this one showed for a moment only, when that page moved on by itself: it
 * redirected while it streamed, or by a script. Shown is not read.
 */
export function takeUnread(page: PageOnScreen, show: Show): void {
  const unread = readUnread()
  if (unread === undefined) return
  const [appearedAt, leftAt, notices, address] = unread
  // A document that went on with another page has begun before it left the first one.
  const isWhereItLed = address ? movedOnByItself(page, address) : leftAt >= performance.timeOrigin
  const left = { onScreenMs: leftAt - appearedAt, sinceMs: Date.now() - leftAt, isWhereItLed }
  if (!isShownAgain(left)) return
  show(notices.map((notice) => ({ id: notice.origin, notices: [notice] })))
}

/**
 * Whether the document before this one did, and is the one at this address: another may have come between, such
 * as a guarded page that a person opened by its address, which redirected before its scripts ran.
 */
function movedOnByItself({ firstPage }: PageOnScreen, address: string): boolean {
  const isBefore = document.referrer === address.replace(/#.*/, "")
  return firstPage && isBefore && !isRevisited() && replacedItself(true)
}

function readUnread(): Unread | undefined {
  try {
    const text = sessionStorage.getItem(UNREAD_KEY)
    sessionStorage.removeItem(UNREAD_KEY)
    const unread: unknown = JSON.parse(text ?? "")
    return Array.isArray(unread) && Array.isArray(unread[2]) ? (unread as unknown as Unread) : undefined
  } catch {
    return undefined
  }
}
