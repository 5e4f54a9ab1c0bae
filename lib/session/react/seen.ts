import { TOKEN_PREFIX } from "../core/token-prefix"
import type { Notice } from "../core/arrived"

/**
 * What this tab has shown. Browsers refuse cookies and storage to some pages (a sandboxed frame, a setting):
 * there nothing can wait, and this lasts as long as the document.
 */

const SEEN_KEY = "flash-seen"
/** Ids only, of the last few; an id has 16 characters. */
const SEEN_LENGTH = 50 * 17

let seen = ""
try {
  seen = sessionStorage.getItem(SEEN_KEY) ?? ""
} catch {}

export function isSeen(id: string): boolean {
  return seen.includes(id)
}

/** Remembers that a message was shown here, and clears its token, so that nobody shows it again. */
export function markSeen(id: string): void {
  seen = (seen + "," + id).slice(-SEEN_LENGTH)
  try {
    clearToken(id)
  } catch {}
  keep(SEEN_KEY, seen)
}

function keep(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value)
  } catch {}
}

/** @throws DOMException where the page may not use cookies */
export function clearToken(id: string): void {
  document.cookie = TOKEN_PREFIX + id + "=; Path=/; Max-Age=0"
}

export const UNREAD_KEY = "flash-unread"

/**
 * What was on screen when its page was left though the person did nothing, perhaps before anybody could read
 * it. Times in milliseconds. `take-unread.ts` decides whether the next page shows it.
 */
export type Unread = readonly [
  appearedAt: number,
  leftAt: number,
  notices: readonly Notice[],
  /** Where it was on screen when its document ended; none when the document went on with another page. */
  address?: string,
]

export function keepUnread(appearedAt: number, notices: readonly Notice[], address?: string): void {
  const unread: Unread = [appearedAt, Date.now(), notices, address!]
  keep(UNREAD_KEY, JSON.stringify(unread))
}

/** Whether something may be waiting. Nearly always not, and then there is nothing to load or to ask. */
export function mayWait(): boolean {
  try {
    return document.cookie.includes(TOKEN_PREFIX) || UNREAD_KEY in sessionStorage
  } catch {}
  return false
}
