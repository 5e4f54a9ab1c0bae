import { cameFrom, isPath, type DeliveryToken } from "../core/delivery-token"
import { ANYWHERE } from "../core/flash"
import type { Here } from "./look-further"
import { appPath, basePathOf, openedBy, replacedItself } from "./this-document"

/**
 * A document was told to show it; did it? Not if that is this one and it was prerendered. Not if the
 * router moved on from it and the token is still here: then it had no banner. Not if this document is
 * where it moved on to. And not if there is no page at that address. Any other document is another tab's,
 * or one the person left before its scripts could clear the token.
 */
export async function wasShownBefore(token: DeliveryToken, here: Here): Promise<boolean> {
  if (isPath(token.takenBy, here.path)) return here.rendered === true
  if (!here.newPage) return true
  if (here.firstPage ? movedOnTo(token, here) : isPath(token.takenBy, openedBy(here.path))) return false
  return !(await isMissing(token.takenBy, here.path))
}

/**
 * Whether this document is where the one that was told ended: it redirected while it rendered, so that this
 * one came with the Referer of the page that wrote the message; or it redirected in the browser before
 * anybody could read it; or it was a download or a route handler, which nobody comes from.
 */
function movedOnTo(token: DeliveryToken, { path }: Here): boolean {
  const referrer = appPath(document.referrer, path)
  if (isPath(token.takenBy, referrer)) return replacedItself()
  return token.to === ANYWHERE || (cameFrom(token, referrer) && token.from !== token.takenBy)
}

/**
 * Whether the app has nothing at this path, so that its 404 page was told, which may have no banner. OPTIONS
 * asks without running a page or a route handler.
 */
async function isMissing(takenBy: string, path: string): Promise<boolean> {
  // Anybody can plant a token; of a long path it has only a hash.
  if (!/^\/(?![/\\])/.test(takenBy)) return false
  const answer = await fetch(basePathOf(path) + takenBy, { method: "OPTIONS" }).catch(() => undefined)
  return answer?.status === 404
}
