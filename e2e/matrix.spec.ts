import type { MatrixCase } from "./case.ts"
import { redirect } from "./matrix/redirect.ts"
import { inPlace } from "./matrix/in-place.ts"
import { nobodyThere } from "./matrix/nobody-there.ts"
import { neverTwice } from "./matrix/never-twice.ts"
import { neverLost } from "./matrix/never-lost.ts"
import { feedback } from "./matrix/feedback.ts"
import { leftToPage } from "./matrix/left-to-page.ts"
import { prerendered } from "./matrix/prerendered.ts"
import { expiryAndText } from "./matrix/expiry-and-text.ts"
import { signOut } from "./matrix/sign-out.ts"
import { runCases } from "./run-cases.ts"

/** The delivery matrix: every rule of docs/delivery.md, on whatever app and store the project serves. */
const matrix: Record<string, readonly MatrixCase[]> = {
  "written before a redirect, shown there once": redirect,
  "written without a redirect, shown in place once": inPlace,
  "never taken by what is not the person arriving": nobodyThere,
  "never shown a second time": neverTwice,
  "never lost on the way": neverLost,
  "a prerendered page that shows messages": prerendered,
  "what a form gets back is not there again": feedback,
  "what the banner cannot show is left to the page": leftToPage,
  "not kept for ever, and any text survives": expiryAndText,
  "sign-out": signOut,
}

for (const [clause, cases] of Object.entries(matrix)) runCases(clause, cases)
