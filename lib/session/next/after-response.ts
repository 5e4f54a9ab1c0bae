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
    if (isNextSignal(error)) throw error
    return false
  }
}

/**
 * Whether Next threw it to end a request or a prerender: all of those carry a digest. `unstable_rethrow` says the
 * same, but a package has to name its file, `next/navigation.js`, and for that name Next's bundlers have the
 * browser's module: a route handler that imports it does not build.
 */
function isNextSignal(error: unknown): boolean {
  return typeof error === "object" && error !== null && "digest" in error
}
