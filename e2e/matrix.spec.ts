import type { MatrixCase } from "./case.ts"
import { d1 } from "./matrix/d1.ts"
import { d2 } from "./matrix/d2.ts"
import { d3 } from "./matrix/d3.ts"
import { d4 } from "./matrix/d4.ts"
import { d5 } from "./matrix/d5.ts"
import { feedback } from "./matrix/feedback.ts"
import { leftToPage } from "./matrix/left-to-page.ts"
import { prerendered } from "./matrix/prerendered.ts"
import { d6d7 } from "./matrix/d6-d7.ts"
import { signOut } from "./matrix/sign-out.ts"
import { runCases } from "./run-cases.ts"

/** The delivery matrix: every clause of D1-D7, on whatever app and store the project serves. */
const matrix: Record<string, readonly MatrixCase[]> = {
  "D1 written before a redirect, shown there once": d1,
  "D2 written without a redirect, shown in place once": d2,
  "D3 never taken by what is not the person arriving": d3,
  "D4 never shown a second time": d4,
  "D5 never lost on the way": d5,
  "a prerendered page that shows messages": prerendered,
  "what a form gets back is not there again": feedback,
  "what the banner cannot show is left to the page": leftToPage,
  "D6 not kept for ever, D7 any text survives": d6d7,
  "sign-out": signOut,
}

for (const [clause, cases] of Object.entries(matrix)) runCases(clause, cases)
