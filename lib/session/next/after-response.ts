import { unstable_rethrow } from "next/navigation"
import { after } from "next/server"

/**
 * Runs `task` once the response was sent. Where the host gives no `waitUntil` by which a function outlives
 * its response, Next's `after` throws, and so would every action that only wanted to be warned.
 *
 * @returns whether it will run
 */
export function afterResponse(task: () => unknown): boolean {
  try {
    after(task)
    return true
  } catch (error) {
    unstable_rethrow(error)
    return false
  }
}
