import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { ensureChromium } from "./chromium.mjs"
import { ensureFirefox } from "./firefox.mjs"
import { ensurePostgres } from "./postgres/ensure.mjs"
import { ensureRedisServer } from "./redis/ensure.mjs"
import { ensureWebkit } from "./webkit.mjs"

/**
 * `npm test`: lint, format, unused code, types, unit tests, and in a real browser, against production builds, the
 * example app, the delivery matrix on the cookie store, guards, and what only Redis can fail.
 *
 * `npm run test:all`, which CI runs: all that, the matrix on Redis as well, the attacks on both, an app of another
 * shape, Next's newest defaults, fresh apps with the package and with the copied sources, the deployed image, a sample
 * of the version matrix, and the short torture run. The last line sums up.
 */
const isWhole = process.argv.includes("--all")

const results = { passed: 0, failed: 0 }
/** Said again at the end: hours of output stand between a failure and the last line. */
const failures = []
const begun = performance.now()
const secondsSince = (start) => Math.round((performance.now() - start) / 1000)

function run(name, command, args, env = {}) {
  console.log(`\n── ${name}`)
  const start = performance.now()
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } })
  console.log(`── ${name}: ${status === 0 ? "passed" : "FAILED"}, ${secondsSince(start)} s`)
  return status === 0
}

/** Lint and types have no cases to count: each is one. */
function check(name, command, args) {
  const ok = run(name, command, args)
  results[ok ? "passed" : "failed"] += 1
  if (!ok) failures.push(name)
}

/** Adds up what a runner reported; a runner that ended badly without a failed case is a failure too. */
function suite(name, reportFile, args, count, env) {
  rmSync(reportFile, { force: true })
  const ok = run(name, "npx", ["--no-install", ...args], env)
  const { passed, bad } = existsSync(reportFile)
    ? count(JSON.parse(readFileSync(reportFile, "utf8")))
    : { passed: 0, bad: [] }
  if (!ok && bad.length === 0) bad.push("ended badly, without a failed case")
  results.passed += passed
  results.failed += bad.length
  failures.push(...bad.map((title) => `${name}: ${title}`))
}

function vitestCases({ numPassedTests, testResults }) {
  const bad = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages.join("\n")}`),
  )
  return { passed: numPassedTests, bad }
}

function playwrightCases({ stats, suites }) {
  const bad = []
  const visit = ({ title, file, specs = [], suites: inner = [] }, path) => {
    const here = title === file ? path : [...path, title]
    inner.forEach((one) => visit(one, here))
    for (const spec of specs) {
      for (const { projectName, status, results: tries } of spec.tests) {
        if (status === "expected") continue
        const messages = tries.flatMap(({ errors }) => errors.map(({ message }) => message))
        bad.push(
          `[${projectName}] ${file} ${[...here, spec.title].join(" › ")}: ${status}\n${messages.join("\n")}`,
        )
      }
    }
  }
  suites.forEach((one) => visit(one, []))
  return { passed: stats.expected, bad }
}

for (const ensure of [ensureRedisServer, ensurePostgres]) {
  try {
    ensure()
  } catch (error) {
    results.failed += 1
    failures.push(error.message)
    console.error(error.message)
  }
}
check("lint and format", "npm", ["run", "--silent", "lint"])
check("what nothing uses", "npx", ["--no-install", "knip"])
check("types", "npm", ["run", "--silent", "typecheck"])
if (isWhole) check("types of what is copied", "npm", ["run", "--silent", "typecheck:lib"])
suite(
  "unit tests",
  "test-results/unit.json",
  ["vitest", "run", "--reporter=default", "--reporter=json", "--outputFile=test-results/unit.json"],
  vitestCases,
)
ensureChromium()
ensureFirefox()
if (isWhole) ensureWebkit()
suite(
  "browser tests",
  "test-results/e2e.json",
  ["playwright", "test"],
  playwrightCases,
  isWhole ? {} : { E2E_SHORT: "1" },
)
if (isWhole) {
  check("a fresh app", "node", ["scripts/fresh/package.mjs"])
  check("a fresh app into which the sources are copied", "node", ["scripts/fresh/registry.mjs"])
  check("the deployed image", "node", ["scripts/deploy/check.mjs"])
  check("other versions and browsers, a sample", "node", ["scripts/matrix/run.mjs", "--sample"])
  check("torture, the short run", "node", ["bench/torture.mjs", "--short"])
}

failures.forEach((failure) => console.log(`\n✘ ${failure.slice(0, 2_000)}`))
console.log(`\n${results.passed} passed, ${results.failed} failed, ${secondsSince(begun)} s`)
process.exitCode = results.failed === 0 ? 0 : 1
