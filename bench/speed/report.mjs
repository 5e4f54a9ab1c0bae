import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { rowsOf } from "./rows.mjs"

const titles = ["measured", "figure", "ratio", "many people", "ratio", "remark"]

/** The results as Markdown: one table, and the targets. */
export function markdown(results) {
  const rows = rowsOf(results)
  const cells = [titles, ...rows.map((row) => titles.map((_, column) => row[column] ?? ""))]
  const widths = titles.map((_, column) => Math.max(...cells.map((line) => line[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`
  const table = [line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n")
  const kept = results.targets.map(
    ({ name, bound, wanted, figure, kept: isKept, remark }) =>
      `- ${isKept ? "PASS" : "MISS"}: ${name}: ${short(figure)} (${bound} ${wanted})${remark && `; ${remark}`}`,
  )
  const parts = [table, kept.join("\n"), results.pages && noise(results.pages), about(results)]
  return `${parts.filter(Boolean).join("\n\n")}\n`
}

export function writeResults(results) {
  const text = `# Speed\n\nWritten by \`npm run bench\`. Medians of interleaved rounds; ratios are medians of the ratios within each round.\n\n${markdown(results)}`
  writeFileSync(fileURLToPath(new URL("../results.md", import.meta.url)), text)
}

/** The same page twice should come out alike; how far it does not is what the other ratios are worth. */
function noise({ rows: [, again] }) {
  const ratios = [again.one.ratio, again.many.ratio].map((ratio) => ratio.toFixed(3))
  const worst = Math.max(...[again.one.ratio, again.many.ratio].map((ratio) => Math.abs(1 - ratio)))
  const verdict =
    worst > 0.02 ? "too noisy a machine to judge pages by: run it again when nothing else does" : "quiet"
  return `The floor against itself: ${ratios.join(" and ")}, ${verdict}.`
}

function about({ machine, minutes }) {
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`)
  return `Run in ${minutes} minutes on: ${facts.join(", ")}.`
}

const short = (figure) => String(Math.round(figure * 1000) / 1000)
