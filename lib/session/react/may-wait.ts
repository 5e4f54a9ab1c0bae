import { TOKEN_PREFIX } from "../core/token-prefix"

export const UNREAD_KEY = "flash-unread"

/** Whether something may be waiting. Nearly always not, and then there is nothing to load or to ask. */
export function mayWait(): boolean {
  try {
    return document.cookie.includes(TOKEN_PREFIX) || UNREAD_KEY in sessionStorage
  } catch {}
  return false
}
