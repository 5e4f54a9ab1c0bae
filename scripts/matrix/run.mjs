import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { runAppCell } from "./app-cell.mjs"
import { cells } from "./cells.mjs"
import { cellFolder } from "./folders.mjs"
import { argumentsOf, defaults, nameOf, parseOptions } from "./options.mjs"
import { readResults, recordResult } from "./results.mjs"
import { sourcesOf } from "./sources.mjs"
import { packLibrary } from "./tarball.mjs"
import { runTypesCell } from "./types-cell.mjs"

/**
 * `npm run matrix -- --next 16.0.11` runs one cell of the version matrix; `--all` the committed list, one
 * after the other, but for cells that were green with the same sources (`--force` runs those too);
 * `--sample` two of them, and records nothing.
 */
/** Alone a cell takes two minutes; the machine may be busy. */
const LIMIT_MS = 40 * 60_000
const { all, force, record, cell } = parseOptions(process.argv.slice(2))

process.exitCode = (all ? await runAll() : await runCell(cell)) ? 0 : 1

/** @returns whether it is green */
async function runCell(options) {
  const name = nameOf(options)
  const began = Date.now()
  const result = { cell: options, ...(await resultOf({ ...defaults, ...options }, name)) }
  const seconds = Math.round((Date.now() - began) / 1000)
  const isGreen = result.trouble === undefined && result.failed.length === 0
  if (record && cells.some((known) => nameOf(known) === name))
    recordResult(name, {
      ...result,
      date: new Date().toISOString().slice(0, 10),
      seconds,
      sources: sourcesOf(options),
    })
  const counts = `${result.passed} passed, ${result.failed.length} failed, ${result.skipped.length} left out`
  console.log(`${isGreen ? "✓" : "✗"} ${name}: ${counts}, ${seconds} s`)
  for (const failure of result.failed) console.log(`    ${failure}`)
  if (result.trouble !== undefined) console.log(result.trouble.replace(/^/gm, "    "))
  return isGreen
}

async function resultOf(options, name) {
  try {
    const run = options.typescript === undefined ? runAppCell : runTypesCell
    return await run(options, cellFolder(name), packLibrary())
  } catch (error) {
    return { versions: {}, passed: 0, failed: [], skipped: [], trouble: error.message }
  }
}

async function runAll() {
  let green = true
  for (const known of cells) {
    const last = readResults()[nameOf(known)]
    const isDone =
      last?.sources === sourcesOf(known) && last.trouble === undefined && last.failed.length === 0
    if (isDone && !force) console.log(`✓ ${nameOf(known)}: seen before`)
    else green = (await runApart(known)) && green
  }
  return green
}

/** A process, and a group, of its own for each cell: what hangs is ended with all it started. */
function runApart(options) {
  const flags = record ? [] : ["--no-record"]
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...argumentsOf(options), ...flags], {
    stdio: "inherit",
    detached: true,
  })
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), LIMIT_MS)
  return new Promise((resolve) => {
    child.once("exit", (code) => {
      clearTimeout(timer)
      if (code === null) console.log(`✗ ${nameOf(options)}: ended after ${LIMIT_MS / 60_000} minutes`)
      resolve(code === 0)
    })
  })
}
