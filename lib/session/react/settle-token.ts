import { atPage, type Finding, type PageFacts } from "../core/delivery"
import type { DeliveryToken } from "../core/delivery-token"
import type { PageOnScreen } from "./page-on-screen"
import { isSeen } from "./seen"
import { appPath, basePathOf, isRevisited, mayHaveBeenAt, openedBy, replacedItself } from "./this-document"

/** What becomes of a token that was found on a page, by the delivery rule; asks the server where the rule does. */
export async function settleToken(
  token: DeliveryToken,
  page: PageOnScreen,
): Promise<Exclude<Finding, "clear-if-there-is-a-page">> {
  const finding = atPage(token, isSeen(token.id), factsOf(page))
  if (finding !== "clear-if-there-is-a-page") return finding
  // Another tab's: it may be loading still.
  if (!mayHaveBeenAt(token.takenBy, page.path)) return "leave"
  return (await isMissing(token.takenBy, page.path)) ? "show" : "clear"
}

function factsOf({ path, rendered, firstPage, newPage, as }: PageOnScreen): PageFacts {
  // A toaster shows by scripts what the document came with: loaded again before they ran, it has shown nothing.
  const hasShown = as === undefined || !isRevisited()
  return {
    path,
    isRendered: rendered === true && hasShown,
    isFirstPage: firstPage,
    isNewPage: newPage,
    loadedFor: openedBy(path),
    refererPath: appPath(document.referrer, path),
    wasMadeRoomFor: replacedItself(),
  }
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
