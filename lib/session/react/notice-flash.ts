"use client"

import { NOTICE_EVENT } from "./notice-event"

/**
 * Looks for messages now. Call it in the browser after a `fetch` of a route handler that flashed something, on the
 * page that is to show it: the person did not open a page, so nothing else would look. One request, and only if
 * something waits. After a server action there is no need: its response brings the message along.
 */
export function noticeFlash(): void {
  dispatchEvent(new Event(NOTICE_EVENT))
}
