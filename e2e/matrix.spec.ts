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

/** The delivery matrix: every clause of D1-D7, on whatever app and store the project serves. */
const matrix: Record<string, readonly MatrixCase[]> = {
  "D1 written before a redirect, shown there once": redirect,
  "D2 written without a redirect, shown in place once": inPlace,
  "D3 never taken by what is not the person arriving": nobodyThere,
  "D4 never shown a second time": neverTwice,
  "D5 never lost on the way": neverLost,
  "a prerendered page that shows messages": prerendered,
  "what a form gets back is not there again": feedback,
  "what the banner cannot show is left to the page": leftToPage,
  "D6 not kept for ever, D7 any text survives": expiryAndText,
  "sign-out": signOut,
}

for (const [clause, cases] of Object.entries(matrix)) runCases(clause, cases)
