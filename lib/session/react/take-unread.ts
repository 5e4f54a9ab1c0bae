import type { ArrivedDelivery } from "../core/arrived"
import type { Here } from "./look-further"
import { appPath, isRevisited, replacedItself } from "./this-document"
import { UNREAD_KEY, type Unread } from "./seen"

/** How long a message has to be on screen to count as read. */
const READING_MS = 5000

/** How long a page may take to be replaced by the one it redirects to. */
const ARRIVAL_MS = 10_000

/**
 * Shows again what the page before this one showed for a moment only, when that page moved on by itself: it
 * redirected while it streamed, or by a script. Shown is not read.
 */
export function takeUnread(here: Here, show: (deliveries: readonly ArrivedDelivery[]) => void): void {
  const unread = readUnread()
  if (unread === undefined) return
  const [document, appearedAt, leftAt, notices] = unread
  if (leftAt - appearedAt > READING_MS || Date.now() - leftAt > ARRIVAL_MS) return
  const isNext = document === 0 ? movedOnByItself(here) : document === performance.timeOrigin
  if (!isNext) return
  show(notices.map((notice) => ({ id: notice.key, notices: [notice] })))
}

/** Whether the document before this one did. */
function movedOnByItself({ path, firstPage }: Here): boolean {
  return firstPage && appPath(document.referrer, path) !== "" && !isRevisited() && replacedItself(true)
}

function readUnread(): Unread | undefined {
  try {
    const text = sessionStorage.getItem(UNREAD_KEY)
    sessionStorage.removeItem(UNREAD_KEY)
    const unread: unknown = JSON.parse(text ?? "")
    return Array.isArray(unread) && Array.isArray(unread[3]) ? (unread as unknown as Unread) : undefined
  } catch {
    return undefined
  }
}
