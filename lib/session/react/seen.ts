import { TOKEN_PREFIX } from "../core/token-prefix"
import type { ArrivedDelivery, Notice } from "../core/arrived"
import { UNREAD_KEY } from "./may-wait"

/**
 * What this tab has shown. Browsers refuse cookies and storage to some pages (a sandboxed frame, a setting):
 * there nothing can wait, and this lasts as long as the document.
 */

const SEEN_KEY = "flash-seen"
/** The last few deliveries and messages; an id has 16 characters, besides its session's name. */
const SEEN_LENGTH = 100 * 20

let seen = ""
try {
  seen = sessionStorage.getItem(SEEN_KEY) ?? ""
} catch {}

/** @param id of a delivery, or the origin of a message */
export function isSeen(id: string): boolean {
  return seen.includes(`,${id},`)
}

/** Remembers that messages were shown here, and clears their token, so that nobody shows them again. */
export function markSeen({ id, notices }: ArrivedDelivery): void {
  const ids = [id, ...notices.map(({ origin }) => origin)]
  seen = `${seen},${ids.join(",,")},`.slice(-SEEN_LENGTH)
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

/**
 * What was on screen when its page was left though the person did nothing, perhaps before anybody could read
 * it. Times in milliseconds. `take-unread.ts` decides whether the next page shows it.
 */
export type Unread = readonly [
  appearedAt: number,
  leftAt: number,
  notices: readonly Notice[],
  /** Where it was on screen when its document ended; none when the document went on with another page. */
  address?: string | undefined,
]

export function keepUnread(appearedAt: number, notices: readonly Notice[], address?: string): void {
  writeUnread([appearedAt, Date.now(), notices, address])
}

export function writeUnread(unread: Unread): void {
  keep(UNREAD_KEY, JSON.stringify(unread))
}
