import { expect, test, type BrowserContext } from "@playwright/test"
import { documentsRead, Shown } from "./shown.ts"
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
}

for (const [clause, cases] of Object.entries(matrix)) {
  test.describe(clause, () => {
    for (const { name, only, run, complaint } of cases) {
      for (const javaScript of [true, false]) {
        if (only !== undefined && (only === "js") !== javaScript) continue
        test(`${name} [${javaScript ? "JavaScript" : "no JavaScript"}]`, async ({
          browser,
          baseURL,
        }, info) => {
          const { basePath, javaScriptOnly, exactlyOnce } = info.project.metadata as {
            basePath: string
            javaScriptOnly: boolean
            exactlyOnce: boolean
          }
          test.skip(javaScriptOnly && !javaScript, "this variant shows nothing without JavaScript")
          const context = await browser.newContext({ javaScriptEnabled: javaScript, baseURL: baseURL ?? "" })
          const complaints = consoleOf(context)
          const shown = await Shown.observe(context, javaScript)
          const page = await context.newPage()
          const text = `message ${crypto.randomUUID().slice(0, 8)}`
          const streams = javaScriptOnly
          await run({ context, page, shown, javaScript, text, exactlyOnce, streams, base: basePath })
          await Promise.all(context.pages().map(documentsRead))
          await context.close()
          expect(complaints.filter((said) => !complaint?.test(said))).toEqual([])
        })
      }
    }
  })
}

/** Errors and warnings in the browser's console, on any page, from now on. */
function consoleOf(context: BrowserContext): string[] {
  const said: string[] = []
  context.on("console", (message) => {
    // Documents that are no page name no icon, and browsers then look for one.
    if (message.location().url.endsWith("/favicon.ico")) return
    if (["error", "warning"].includes(message.type())) said.push(message.text())
  })
  context.on("weberror", (error) => void said.push(String(error.error())))
  return said
}
