import type { Notice } from "../core/arrived"
import { followActions } from "./follow-actions"
import { leaveInTime } from "./leave-in-time"

/**
 * Sees to the times and the actions of messages that are on screen: code that is loaded with the first message that
 * has any.
 *
 * @param dismiss takes one off
 */
export function attend(
  notices: readonly Notice[],
  basePath: string,
  push: (href: string) => void,
  dismiss: (notice: Notice) => void,
): void {
  leaveInTime(notices, dismiss)
  followActions(basePath, push)
}
