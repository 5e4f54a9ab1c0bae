import { appendFileSync } from "node:fs"
import { test, type Browser } from "@playwright/test"
import type { MatrixCase } from "../../e2e/case.ts"
import { documentsRead, Shown } from "../../e2e/shown.ts"
import { asksForRequests, groups, isLimit, leftOut, notOffered, written } from "./cases.ts"

/** What became of a case's messages, best first. `otherwise`: once, but not where, or not as, the case asks. */
const outcomes = ["once", "otherwise", "lost", "twice"] as const
type Outcome = (typeof outcomes)[number]

interface Result {
  readonly outcome: Outcome
  readonly count: number
  readonly error?: string
}

const needs = JSON.parse(process.env.COMPARE_NEEDS ?? "[]") as string[]

/** Never fails: it judges. */
for (const [group, cases] of Object.entries(groups)) {
  for (const matrixCase of cases) {
    const { name, only } = matrixCase
    if (leftOut.has(name)) continue
    for (const javaScript of [true, false]) {
      if (only !== undefined && (only === "js") !== javaScript) continue
      test(`${group}: ${name} [${javaScript ? "JavaScript" : "no JavaScript"}]`, async ({
        browser,
        baseURL,
      }) => {
        const need = notOffered(name, needs)
        const result =
          need === undefined ? await judge(matrixCase, javaScript, browser, baseURL ?? "") : { need }
        const line = JSON.stringify({ group, name, javaScript, ...result })
        appendFileSync(process.env.COMPARE_RESULTS ?? "/dev/null", `${line}\n`)
      })
    }
  }
}

/** What a slow machine may have been the reason for is run a second time, and the better run counts. */
async function judge(matrixCase: MatrixCase, javaScript: boolean, browser: Browser, baseURL: string) {
  const first = await runOnce(matrixCase, javaScript, browser, baseURL)
  if (first.outcome === "once" || first.outcome === "twice") return first
  const second = await runOnce(matrixCase, javaScript, browser, baseURL)
  return outcomes.indexOf(second.outcome) < outcomes.indexOf(first.outcome) ? second : first
}

async function runOnce(
  { name, run }: MatrixCase,
  javaScript: boolean,
  browser: Browser,
  baseURL: string,
): Promise<Result> {
  const context = await browser.newContext({ javaScriptEnabled: javaScript, baseURL })
  context.setDefaultTimeout(6_000)
  const shown = await Shown.observe(context, javaScript)
  const page = await context.newPage()
  const text = `message ${crypto.randomUUID().slice(0, 8)}`
  let error: string | undefined
  try {
    await run({ context, page, shown, javaScript, text, exactlyOnce: false, streams: false, base: "" })
  } catch (thrown) {
    error = String((thrown as Error).message)
      .split("\n")
      .slice(0, 4)
      .join(" ")
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  await Promise.allSettled(context.pages().map(documentsRead))
  const count = shown.count(text)
  await context.close()
  return {
    outcome: outcomeOf(name, count, error === undefined),
    count,
    ...(error !== undefined && { error }),
  }
}

function outcomeOf(name: string, count: number, passed: boolean): Outcome {
  if (passed && !isLimit(name)) return "once"
  const due = written[name] ?? 1
  if (count > due) return "twice"
  if (count < due) return "lost"
  return isLimit(name) || asksForRequests(name) ? "once" : "otherwise"
}
