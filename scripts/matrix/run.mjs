import { runApart } from "./apart.mjs"
import { cells } from "./cells.mjs"
import { isGreen } from "./is-green.mjs"
import { nameOf, parseOptions } from "./options.mjs"
import { readResults } from "./results.mjs"
import { runCell } from "./run-cell.mjs"
import { sample } from "./sample.mjs"
import { sourcesOf } from "./sources.mjs"

/**
 * `npm run matrix -- --next 16.0.11` runs one cell of the version matrix; `--all` the committed list, one
 * after the other, but for cells that were green with the same sources (`--force` runs those too);
 * `--sample` a few of them. Cells of the list are recorded in `docs/matrix.json`, but for a sample's and with
 * `--no-record`.
 */
const options = parseOptions(process.argv.slice(2))
const flags = options.record && !options.sample ? [] : ["--no-record"]

async function runEach(chosen) {
  let green = true
  for (const cell of chosen) green = (await runApart(cell, flags)) && green
  return green
}

/** Not green with the sources of now, or never run. */
function isDue(cell) {
  const last = readResults()[nameOf(cell)]
  return options.force || !isGreen(last) || last.sources !== sourcesOf(cell)
}

async function run() {
  if (options.sample) return runEach(sample())
  if (!options.all) return runCell(options.cell, options.record)
  for (const cell of cells.filter((known) => !isDue(known))) console.log(`✓ ${nameOf(cell)}: seen before`)
  return runEach(cells.filter(isDue))
}

process.exitCode = (await run()) ? 0 : 1
