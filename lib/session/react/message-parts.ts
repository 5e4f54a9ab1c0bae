import type { Notice } from "../core/arrived"
import { followActions } from "./follow-actions"
import { leaveInTime } from "./leave-in-time"
import type { FoundPage } from "./page-on-screen"

/**
 * Sees to the times and the actions of messages that are on screen: code that is loaded with the first message that
 * has any.
 *
 * @param dismiss takes one off
 */
export function attend(
  notices: readonly Notice[],
  { path, router }: FoundPage,
  dismiss: (notice: Notice) => void,
): void {
  leaveInTime(notices, dismiss)
  followActions(path.replace(/(.)\/$/, "$1"), router)
}
