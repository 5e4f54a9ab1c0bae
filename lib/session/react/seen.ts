import { TOKEN_PREFIX } from "../core/token-prefix.ts"

/** What this tab has shown: ids only, and only of the last few. */

const SEEN_KEY = "flash-seen"
/** An id has 16 characters. */
const SEEN_LENGTH = 50 * 17

let seen = ""
try {
  seen = sessionStorage.getItem(SEEN_KEY) ?? ""
} catch {
  // On the server there is none, and people can switch it off; then it lasts as long as the document.
}

export function isSeen(id: string): boolean {
  return seen.includes(id)
}

/** Remembers that a message was shown here, and clears its token, so that nobody shows it again. */
export function markSeen(id: string): void {
  clearToken(id)
  seen = (seen + "," + id).slice(-SEEN_LENGTH)
  try {
    sessionStorage.setItem(SEEN_KEY, seen)
  } catch {}
}

export function clearToken(id: string): void {
  document.cookie = TOKEN_PREFIX + id + "=; Path=/; Max-Age=0"
}

/** Whether something may be waiting. Nearly always not, and then there is nothing to load or to ask. */
export function hasToken(): boolean {
  return document.cookie.includes(TOKEN_PREFIX)
}
