import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { ensureChromium } from "./chromium.mjs"
import { ensureFirefox } from "./firefox.mjs"
import { ensureRedisServer } from "./redis/ensure.mjs"
import { ensureWebkit } from "./webkit.mjs"

/**
 * Everything `npm test` checks, in order: lint and format, types, unit tests, then, in a real browser
 * against production builds, the example app, the delivery matrix on both stores and the security suite, then
 * a fresh create-next-app with the package, a sample of the version matrix, and last the short torture run. The
 * last line sums up.
 */

const results = { passed: 0, failed: 0 }

function run(name, command, args, env = {}) {
  console.log(`\n── ${name}`)
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } })
  return status === 0
}

/** Lint and types have no cases to count: each is one. */
function check(name, command, args) {
  results[run(name, command, args) ? "passed" : "failed"] += 1
}

/** Adds up what a runner reported; a runner that ended badly without a failed case is a failure too. */
function suite(name, reportFile, args, count) {
  rmSync(reportFile, { force: true })
  const ok = run(name, "npx", ["--no-install", ...args])
  const { passed, failed } = existsSync(reportFile)
    ? count(JSON.parse(readFileSync(reportFile, "utf8")))
    : { passed: 0, failed: 0 }
  results.passed += passed
  results.failed += ok || failed > 0 ? failed : 1
}

try {
  ensureRedisServer()
} catch (error) {
  results.failed += 1
  console.error(error.message)
}
check("lint", "npx", ["--no-install", "oxlint"])
check("format", "npx", ["--no-install", "oxfmt", "--check", "."])
check("types", "npm", ["run", "--silent", "typecheck"])
suite(
  "unit tests",
  "test-results/unit.json",
  ["vitest", "run", "--reporter=default", "--reporter=json", "--outputFile=test-results/unit.json"],
  (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
)
ensureChromium()
ensureFirefox()
ensureWebkit()
suite("browser tests", "test-results/e2e.json", ["playwright", "test"], (report) => ({
  passed: report.stats.expected,
  failed: report.stats.unexpected + report.stats.flaky + report.stats.skipped,
}))
check("a fresh app", "node", ["scripts/fresh/package.mjs"])
check("other versions and browsers, a sample", "node", ["scripts/matrix/run.mjs", "--sample"])
check("torture, the short run", "node", ["bench/torture.mjs", "--short"])

console.log(`\n${results.passed} passed, ${results.failed} failed`)
process.exitCode = results.failed === 0 ? 0 : 1
