import type { MatrixCase } from "../../e2e/case.ts"
import { expiryAndText } from "../../e2e/matrix/expiry-and-text.ts"
import { inPlace } from "../../e2e/matrix/in-place.ts"
import { neverLost } from "../../e2e/matrix/never-lost.ts"
import { neverTwice } from "../../e2e/matrix/never-twice.ts"
import { nobodyThere } from "../../e2e/matrix/nobody-there.ts"
import { prerendered } from "../../e2e/matrix/prerendered.ts"
import { redirect } from "../../e2e/matrix/redirect.ts"

/** The groups of the matrix that are about messages; form feedback and what only the kit's pages read are not. */
export const groups: Record<string, readonly MatrixCase[]> = {
  "written before a redirect": redirect,
  "written without a redirect": inPlace,
  "never taken by what is not the person arriving": nobodyThere,
  "never shown a second time": neverTwice,
  "never lost on the way": neverLost,
  "a prerendered page that shows messages": prerendered,
  "any text survives": expiryAndText,
}

/** About the kit's own means, or about costs, which are measured apart: run on nobody. */
export const leftOut = new Set([
  "costs one request with JavaScript, two without",
  "is static: the same for everybody, and storable",
  "makes no request when nothing waits",
  "reached by an action's redirect",
  "a token is small, short-lived, and says nothing",
])

/** What a case asks for that a rival may not claim. */
const asksFor: Record<string, readonly string[]> = {
  address: [
    "addressed by hand to another page than the redirect leads to",
    "action addresses a page, the client pushes to it",
    "background fetch of another page",
    "RSC request for another page",
    "another tab on another page",
    "another tab, navigating softly",
    "a page whose path starts with the target's",
    "every page when it is addressed to the root",
    "addressed by hand to a page that middleware bounces",
    "two messages waiting for two pages",
    "another request of the same person commits in between",
    "not taken by a background fetch of it",
    // The page it is prefetched from is the next page.
    "prefetch={true} of the very target after the submit, then a click on it",
  ],
  "form feedback": [
    "back() returns to the page with its query, in place or by 303",
    "validation fails in place, corrected and submitted again",
  ],
  "a message written while middleware rewrites": ["middleware flashes on a page it rewrites"],
  "a message without a redirect": [
    ...inPlace.map(({ name }) => name),
    "background call without redirect, then router.push",
    "route handler without redirect: the next page the person opens",
    "for the next page, past a page without a banner",
    "for the next page, past a document that is no page",
    "flashed in one callback, redirected in the next",
    // These leave a message waiting while the person is elsewhere.
    "automatic and hover prefetch of the target, then a click on it",
    "HEAD of the target",
    "background fetch of the target",
    "RSC request for the target",
    "an image with the target's address",
    "the browser's speculative load of the target",
    "another tab that refreshes itself",
    "a frame showing the target",
    "a second tab on the very target, afterwards",
    "two tabs arriving at the same moment (known limit of a store without a server: one or both)",
    "the same text flashed in place twice is shown twice",
    "the action fails after it flashed: kept for the next page",
    "a route handler that answers notFound() after it flashed",
    "an action called after a soft navigation to another page (known limit: refused, loudly)",
  ],
  "leaves with its page": [
    "leaves with the page, not there on return",
    "leaves with the page, though the banner's layout stays",
    "leaves with the page, and is not back on Back",
  ],
}

/** @returns what `name` asks for of what the subject does not claim */
export function notOffered(name: string, needs: readonly string[]): string | undefined {
  return needs.find((need) => asksFor[need]?.includes(name))
}

/** How many messages the case writes, where it is not one. (A double submit may come to one.) */
export const written: Record<string, number> = {
  "two messages at once": 2,
  "the same text flashed twice on purpose is two messages": 2,
  "the same text flashed by two submits is shown twice": 2,
  "the same text flashed in place twice is shown twice": 2,
  "bounced by middleware that flashes too: both messages": 2,
  "two messages waiting for two pages": 2,
}

/** Passes by a limit of the kit's, which is written into it: what counts is only how often the message was seen. */
export const isLimit = (name: string) =>
  name.includes("known limit") || name.startsWith("shows none without JavaScript")

/** Counts the requests too, of which a rival may make more. */
export const asksForRequests = (name: string) => name.startsWith("double submit")
