const columns = [
  ["store", (row) => row.name],
  ["level", (row) => row.level],
  ["updates lost", ({ updates }) => `${updates.lost} of ${updates.updates}`],
  [
    "shown exactly once (times shown)",
    ({ flash }) => `${flash.exactlyOnce} of ${flash.flashes} (${flash.deliveries})`,
  ],
  ["back after sign-out", ({ signOut }) => `${signOut.resurrected} of ${signOut.sessions}`],
  ["acknowledged, missing under new id", ({ rotation }) => `${rotation.missing} of ${rotation.acknowledged}`],
  ["increments kept", ({ increments }) => `${increments.count} of ${increments.increments}`],
  [
    "answers lost: updates lost, increments lost, doubled",
    ({ lostAnswers }) =>
      lostAnswers === undefined
        ? "–"
        : `${lostAnswers.updatesLost} of ${lostAnswers.updates}, ` +
          `${lostAnswers.lost} of ${lostAnswers.increments}, ${lostAnswers.doubled}`,
  ],
  ["seconds", (row) => String(row.seconds)],
]

/** The results as a Markdown table, aligned. */
export function table(rows) {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)))
  const lines = cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column])))
  const rule = widths.map((width) => "-".repeat(width))
  return [lines[0], rule, ...lines.slice(1)].map((line) => `| ${line.join(" | ")} |`).join("\n")
}
