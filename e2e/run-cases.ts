import { expect, test, type BrowserContext } from "@playwright/test"
import type { MatrixCase } from "./case.ts"
import { documentsRead, Shown } from "./shown.ts"

/** Runs each case with JavaScript and without, with a person and a browser of its own, whose console stays silent. */
export function runCases(clause: string, cases: readonly MatrixCase[]): void {
  test.describe(clause, () => {
    for (const { name, only, core, built, limit, run, complaint } of cases) {
      for (const javaScript of [true, false]) {
        if (only !== undefined && (only === "js") !== javaScript) continue
        const title = `${name} [${javaScript ? "JavaScript" : "no JavaScript"}]`
        test(title, { tag: core === true ? "@core" : [] }, async ({ browser, baseURL }, info) => {
          const { basePath, javaScriptOnly, exactlyOnce, byScripts, next, isDev } = info.project.metadata as {
            basePath: string
            javaScriptOnly: boolean
            exactlyOnce: boolean
            byScripts?: boolean
            /** Its version, where it is not the one this repository has. */
            next?: string
            isDev?: boolean
          }
          test.skip(built === true && isDev === true, "next dev neither prefetches nor prerenders")
          test.skip(limit !== undefined && next !== undefined && limit.next.test(next), limit?.why)
          test.skip(javaScriptOnly && !javaScript, "this variant shows nothing without JavaScript")
          const context = await browser.newContext({ javaScriptEnabled: javaScript, baseURL: baseURL ?? "" })
          const complaints = consoleOf(context)
          const shown = await Shown.observe(context, javaScript)
          const page = await context.newPage()
          const text = `message ${crypto.randomUUID().slice(0, 8)}`
          const streams = javaScriptOnly
          const tools = { context, page, shown, javaScript, text, exactlyOnce, streams, base: basePath }
          await run({ ...tools, byScripts: byScripts === true })
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
