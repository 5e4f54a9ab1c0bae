import type { Notice } from "../core/arrived"
import { isShownAgain } from "../core/delivery"
import { defaultKinds } from "../core/flash-kinds"
import { isJsonObject } from "../core/json"
import { messageOf } from "../core/message"
import type { PageOnScreen, Show } from "./page-on-screen"
import { isRevisited, replacedItself } from "./this-document"
import { UNREAD_KEY } from "./may-wait"
import { writeUnread, type Unread } from "./seen"

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
  const kinds = page.kinds ?? defaultKinds
  const isOwn = ({ kind }: Notice) => Object.hasOwn(kinds, kind)
  const own = notices.filter(isOwn)
  if (own[0]) show(own.map((notice) => ({ id: notice.origin, notices: [notice] })))
  const others = notices.filter((notice) => !isOwn(notice))
  // For the next banner.
  if (others[0]) writeUnread([appearedAt, leftAt, others, address])
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
    if (!Array.isArray(unread) || !Array.isArray(unread[2])) return undefined
    const [appearedAt, leftAt, notices, address] = unread as unknown as Unread
    return [appearedAt, leftAt, notices.filter(isNotice), address]
  } catch {
    return undefined
  }
}

/** Whatever is in storage, nothing but a message is rendered. */
function isNotice(value: unknown): value is Notice {
  if (!isJsonObject(value)) return false
  const { key, origin, kind, role, ...parts } = value
  const isNamed = [key, origin, kind].every((name) => typeof name === "string")
  return isNamed && (role === "status" || role === "alert") && messageOf(parts) !== undefined
}
