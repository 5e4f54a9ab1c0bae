/** Whether a cell was run, came as far as its cases, and all of them held. */
export function isGreen(result) {
  return result !== undefined && result.trouble === undefined && result.failed.length === 0
}
