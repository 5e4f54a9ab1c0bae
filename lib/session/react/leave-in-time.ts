import type { Notice } from "../core/arrived"

/** How long a message is on screen at least, and what each character of it takes to be read: 200 words a minute. */
const MIN_SECONDS = 5
const SECONDS_PER_CHARACTER = 1 / 15

/** What there is to decide about an action: twenty seconds at least (WCAG 2.2, success criterion 2.2.1). */
const MIN_SECONDS_TO_ACT = 20

const STEP_MS = 500

/** They are looked at each time another one comes. */
const counted = new WeakSet<Notice>()

/**
 * Takes messages that have `seconds` off the screen when their time is over. It runs only while the tab is in front
 * of somebody who neither points at a message nor has the focus in one.
 *
 * @param dismiss does nothing for a message that is gone already
 */
export function leaveInTime(notices: readonly Notice[], dismiss: (notice: Notice) => void): void {
  for (const notice of notices) {
    const seconds = secondsOf(notice)
    if (seconds === undefined || counted.has(notice)) continue
    counted.add(notice)
    countDown(seconds, () => dismiss(notice))
  }
}

/** @returns undefined for a message that stays: one without seconds, and every `alert` */
export function secondsOf({ role, seconds, text, description = "", action }: Notice): number | undefined {
  if (seconds === undefined || role === "alert") return undefined
  const toRead = (text.length + description.length) * SECONDS_PER_CHARACTER
  return Math.max(seconds, MIN_SECONDS, toRead, action === undefined ? 0 : MIN_SECONDS_TO_ACT)
}

function countDown(seconds: number, over: () => void): void {
  let left = seconds * 1000
  const timer = setInterval(() => {
    if (document.visibilityState === "hidden") return
    // Whatever is below it moves when a message leaves, so all of them wait.
    if (document.querySelector(".flash-messages :is(:hover, :focus)")) return
    left -= STEP_MS
    if (left > 0) return
    clearInterval(timer)
    over()
  }, STEP_MS)
}
