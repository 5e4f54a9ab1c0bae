/**
 * What Playwright's JSON report says, in short.
 *
 * @returns {{ passed: number, failed: string[], skipped: { case: string, reason: string }[] }}
 */
export function summarize(report) {
  const cases = report.suites.flatMap((suite) => casesIn(suite, []))
  return {
    passed: cases.filter(({ status }) => status === "expected").length,
    failed: cases.filter(({ status }) => ["unexpected", "flaky"].includes(status)).map(({ title }) => title),
    skipped: cases
      .filter(({ status }) => status === "skipped")
      .map(({ title, reason }) => ({ case: title, reason })),
  }
}

function casesIn({ title, file, specs = [], suites = [] }, above) {
  const titles = title === file ? above : [...above, title]
  return [
    ...specs.map((spec) => ({
      title: [...titles, spec.title].join(" › "),
      status: spec.tests[0].status,
      reason: spec.tests[0].annotations.find(({ type }) => type === "skip")?.description ?? "did not run",
    })),
    ...suites.flatMap((suite) => casesIn(suite, titles)),
  ]
}
