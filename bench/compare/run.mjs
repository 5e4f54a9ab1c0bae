import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { freePort } from "../../lib/session/test-support/free-port.mjs"
import { ensureChromium } from "../../scripts/chromium.mjs"
import { run, start } from "../../scripts/matrix/process.mjs"
import { answers } from "../../scripts/matrix/serve.mjs"
import { makeApp, prerenderedRoutes } from "./app.mjs"
import { measureCost } from "./cost.mjs"
import { tableOf, writeReport } from "./report.mjs"
import { subjects } from "./subjects.mjs"
import { versions } from "./versions.mjs"

/**
 * `npm run compare`: the delivery matrix on the kit and on what people write by hand, and what one message costs.
 * `--only kit,effect-cookie` runs these and takes the others' last results; `--case reload` runs, of each, the cases that
 * are so called, beside the last results of its others; `--report` runs none.
 * Writes bench/compare.md when there are results of all.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    case: { type: "string" },
    report: { type: "boolean", default: false },
  },
})

const repository = fileURLToPath(new URL("../..", import.meta.url))
const kept = join(repository, "test-results/compare")
const next = join(repository, "node_modules/next/dist/bin/next")
const env = { NEXT_TELEMETRY_DISABLED: "1", SESSION_SECRET: crypto.randomUUID() + crypto.randomUUID() }

const fileOf = (name) => join(kept, `${name}.json`)
const lastOf = (name) => JSON.parse(readFileSync(fileOf(name), "utf8"))

async function runSubject(subject) {
  const began = Date.now()
  const log = join(kept, `${subject.name}.log`)
  rmSync(log, { force: true })
  const folder = makeApp(subject)
  await run(process.execPath, [next, "build"], { cwd: folder, log, env })
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const server = start(process.execPath, [next, "start", "-p", String(port), "-H", "localhost"], {
    cwd: folder,
    log,
    env,
  })
  try {
    await answers(`${origin}/static`, server.ended)
    const cost = await measureCost(origin)
    const cases = merge(subject.name, await runCases(subject, origin))
    const took = Math.round((Date.now() - began) / 1000)
    const seconds = options.case === undefined ? took : lastOf(subject.name).seconds
    const result = { cases, cost, prerendered: prerenderedRoutes(folder), versions: versions(), seconds }
    writeFileSync(fileOf(subject.name), JSON.stringify(result, undefined, 2))
    console.log(`${subject.name}: ${cases.length} cases, ${took} s`)
  } finally {
    await server.stop()
  }
}

/** What was run again, in the place of what was there. */
function merge(name, cases) {
  if (options.case === undefined) return cases
  const last = lastOf(name).cases
  const isSame = (one, other) => one.name === other.name && one.javaScript === other.javaScript
  return last.map((one) => cases.find((again) => isSame(one, again)) ?? one)
}

async function runCases({ name, needs }, origin) {
  const lines = join(kept, `${name}.lines`)
  rmSync(lines, { force: true })
  const cli = join(repository, "node_modules/@playwright/test/cli.js")
  const grep = options.case === undefined ? [] : ["--grep", options.case]
  const runner = start(
    process.execPath,
    [cli, "test", "-c", join(repository, "bench/compare/playwright.config.ts"), ...grep],
    {
      cwd: repository,
      log: join(kept, `${name}.cases.log`),
      env: {
        COMPARE_ORIGIN: origin,
        COMPARE_NEEDS: JSON.stringify(needs),
        COMPARE_RESULTS: lines,
        COMPARE_ARTIFACTS: join(kept, "artifacts"),
      },
    },
  )
  await runner.ended
  if (!existsSync(lines)) throw new Error(`no case ran: see ${kept}/${name}.cases.log`)
  return readFileSync(lines, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
}

ensureChromium()
mkdirSync(kept, { recursive: true })
const chosen = options.report
  ? []
  : subjects.filter(({ name }) => options.only?.split(",").includes(name) ?? true)
const unknown = chosen.filter(({ name }) => options.case !== undefined && !existsSync(fileOf(name)))
if (unknown.length > 0)
  throw new Error(
    `--case goes beside last results, and there are none of ${unknown.map(({ name }) => name)}: run it once`,
  )
for (const subject of chosen) await runSubject(subject)

const done = subjects
  .filter(({ name }) => existsSync(fileOf(name)))
  .map((subject) => ({ ...subject, ...lastOf(subject.name) }))
console.log(`\n${tableOf(done)}\n`)
if (new Set(done.map(({ cases }) => cases.length)).size > 1)
  throw new Error("not all have run the same cases")
if (done.length === subjects.length) writeReport(done)
