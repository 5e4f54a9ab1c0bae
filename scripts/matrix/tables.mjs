import { cells } from "./cells.mjs"
import { isGreen } from "./is-green.mjs"
import { defaults, nameOf } from "./options.mjs"

/** The tables of `docs/versions.md` and README.md, from what `docs/matrix.json` says. */

const settings = {
  "base-path": "`basePath`",
  "trailing-slash": "`trailingSlash`",
  i18n: "next-intl's middleware inside the kit's",
  "cache-components": "`cacheComponents` and `partialPrefetching`",
  "cache-components-only": "`cacheComponents` alone",
  "react-compiler": "`reactCompiler`",
  "stale-times": "`staleTimes` of 30 seconds",
}

const words = {
  next: (version) => `Next ${version}`,
  node: (version) => `Node ${version}`,
  iron: (version) => `iron-session ${version}`,
  bundler: (name) => name,
  mode: (name) => (name === "dev" ? "`next dev`" : '`output: "standalone"`'),
  middleware: (name) => (name === "proxy" ? "`proxy.ts`" : '`middleware.ts` with `runtime: "nodejs"`'),
  variant: (name) => settings[name],
  browser: (name) => ({ firefox: "Firefox", webkit: "WebKit" })[name],
  typescript: (version) => `TypeScript ${version}`,
}

/** What sets a cell apart, for people. */
function describe(cell) {
  const parts = Object.entries(cell).map(([name, value]) => words[name](value))
  return parts.join(", ") || `Next ${defaults.next}, nothing changed`
}

/** @returns {string} a table of all cells of a kind that were run */
function table(results, wanted) {
  const rows = cells.filter(wanted).flatMap((cell) => {
    const result = results[nameOf(cell)]
    if (!isGreen(result)) return []
    const { next, react, node, typescript, browser, "iron-session": iron = "–" } = result.versions
    const count = `${result.passed}${result.skipped.length > 0 ? ` (${result.skipped.length} left out)` : ""}`
    return [[describe(cell), next, react, iron, node, typescript, browser ?? "–", count, result.date]]
  })
  const head = ["what", "Next", "React", "iron-session", "Node", "TypeScript", "browser", "green", "seen"]
  return [head, head.map(() => "---"), ...rows]
    .map((cellsOfRow) => `| ${cellsOfRow.join(" | ")} |`)
    .join("\n")
}

/** @returns {string} everything `docs/versions.md` has between its markers */
export function versionTables(results) {
  return [
    "### Apps, in Chromium",
    table(results, ({ browser, typescript }) => browser === undefined && typescript === undefined),
    "### Other browsers",
    table(results, ({ browser }) => browser !== undefined),
    "### The packed types",
    table(results, ({ typescript }) => typescript !== undefined),
    "### Left out, and why",
    list(leftOut(results)),
    "### Not green, or not run",
    list(notGreen(results)),
  ].join("\n\n")
}

function list(lines) {
  return lines.length === 0 ? "Nothing." : lines.map((line) => `- ${line}`).join("\n")
}

/** Each reason once, with where it held. */
function leftOut(results) {
  const places = new Map()
  for (const cell of cells) {
    for (const { reason } of results[nameOf(cell)]?.skipped ?? []) {
      const counts = places.get(reason) ?? new Map()
      places.set(reason, counts.set(describe(cell), (counts.get(describe(cell)) ?? 0) + 1))
    }
  }
  return [...places].map(
    ([reason, counts]) =>
      `${reason}: ${[...counts].map(([where, count]) => `${where} (${count})`).join("; ")}`,
  )
}

function notGreen(results) {
  return cells.flatMap((cell) => {
    const result = results[nameOf(cell)]
    if (isGreen(result)) return []
    if (result === undefined) return [`${describe(cell)}: not run yet`]
    const why = result.trouble ?? result.failed.join("; ")
    return [`${describe(cell)}: ${why.split("\n")[0]}`]
  })
}

/** @returns {string} the short table of README.md */
export function readmeTable(results) {
  const green = cells
    .map((cell) => ({ cell, result: results[nameOf(cell)] }))
    .filter(({ result }) => isGreen(result))
  const versions = (name) => sorted(green.map(({ result }) => result.versions[name]))
  const named = (kind) => [
    ...new Set(green.flatMap(({ cell }) => (cell[kind] ? [words[kind](cell[kind])] : []))),
  ]
  const rows = [
    ["Next", versions("next").join(", ")],
    [
      "built and run",
      ["Turbopack", ...named("bundler"), ...named("mode"), ...named("middleware")].join(", "),
    ],
    ["settings", named("variant").join(", ")],
    ["Node", versions("node").join(", ")],
    ["iron-session", versions("iron-session").join(", ")],
    ["TypeScript", versions("typescript").join(", ")],
    ["browsers", versions("browser").join(", ")],
  ].filter(([, seen]) => seen !== "")
  return [["", "seen green"], ["---", "---"], ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")
}

function sorted(names) {
  const known = [...new Set(names.filter((name) => name !== undefined))]
  return known.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
}
