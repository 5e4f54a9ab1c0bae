import { runAppCell } from "./app-cell.mjs"
import { cells } from "./cells.mjs"
import { cellFolder } from "./folders.mjs"
import { isGreen } from "./is-green.mjs"
import { defaults, nameOf } from "./options.mjs"
import { recordResult } from "./results.mjs"
import { sourcesOf } from "./sources.mjs"
import { packLibrary } from "./tarball.mjs"
import { runTypesCell } from "./types-cell.mjs"

/**
 * Runs a cell, says what came of it, and keeps that when the cell is one of the list.
 *
 * @param {Partial<import("./options.mjs").CellOptions>} cell what sets it apart from the defaults
 * @param {boolean} record
 * @returns {Promise<boolean>} whether it is green
 */
export async function runCell(cell, record) {
  const name = nameOf(cell)
  const began = Date.now()
  const result = await resultOf({ ...defaults, ...cell }, name)
  const seconds = Math.round((Date.now() - began) / 1000)
  if (record && cells.some((known) => nameOf(known) === name)) {
    const date = new Date().toISOString().slice(0, 10)
    recordResult(name, { ...result, date, seconds, sources: sourcesOf(cell) })
  }
  const counts = `${result.passed} passed, ${result.failed.length} failed, ${result.skipped.length} left out`
  console.log(`${isGreen(result) ? "✓" : "✗"} ${name}: ${counts}, ${seconds} s`)
  for (const failure of [...result.failed, ...(result.trouble ? [result.trouble] : [])])
    console.log(failure.replace(/^/gm, "    "))
  return isGreen(result)
}

/** What it gave, or the trouble that kept it from coming as far as the cases. */
async function resultOf(options, name) {
  try {
    const run = options.typescript === undefined ? runAppCell : runTypesCell
    return await run(options, cellFolder(name), packLibrary())
  } catch (error) {
    return { versions: {}, passed: 0, failed: [], skipped: [], trouble: error.message }
  }
}
