import { parseArgs } from "node:util"

/**
 * One cell of the version matrix: an app of its own with these versions, built and served so.
 *
 * @typedef {object} CellOptions
 * @property {string} next exact version
 * @property {string} [node] major version; default: the Node that runs this
 * @property {string} iron version of iron-session, as npm takes it
 * @property {"turbopack" | "webpack"} bundler
 * @property {"start" | "dev" | "standalone"} mode
 * @property {"middleware" | "proxy" | "nodejs"} middleware
 *   the name of the file, or `middleware.ts` on the Node.js runtime
 * @property {string} [variant] one of `variants`
 * @property {"chromium" | "firefox" | "webkit"} browser
 * @property {string} [typescript] type-checks the packed types with this version, and nothing else
 */

/** What a cell has where it says nothing else. */
export const defaults = {
  next: "16.4.6",
  iron: "8",
  bundler: "turbopack",
  mode: "start",
  middleware: "middleware",
  browser: "chromium",
}

export const variants = [
  "base-path",
  "trailing-slash",
  "i18n",
  "cache-components",
  "cache-components-only",
  "react-compiler",
  "stale-times",
]

const choices = {
  bundler: ["turbopack", "webpack"],
  mode: ["start", "dev", "standalone"],
  middleware: ["middleware", "proxy", "nodejs"],
  variant: variants,
  browser: ["chromium", "firefox", "webkit"],
}

const text = { type: "string" }
const flag = { type: "boolean", default: false }

/**
 * @param {string[]} args
 * @returns {{ all: boolean, sample: boolean, force: boolean, record: boolean, cell: CellOptions }}
 * @throws Error that lists the choices
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(
        ["next", "node", "iron", "bundler", "mode", "middleware", "variant", "browser", "typescript"].map(
          (name) => [name, text],
        ),
      ),
      all: flag,
      sample: flag,
      force: flag,
      "no-record": flag,
    },
  })
  const { all, sample, force, "no-record": noRecord, ...cell } = values
  for (const [name, allowed] of Object.entries(choices)) {
    if (cell[name] !== undefined && !allowed.includes(cell[name]))
      throw new Error(`--${name} ${cell[name]}: there are ${allowed.join(", ")}`)
  }
  return { all, sample, force, record: !noRecord, cell: { ...cell } }
}

/** What sets a cell apart, in words that also name its folder: `next-16.0.11-webpack`; `default` for none. */
export function nameOf(cell) {
  if (cell.typescript !== undefined) return `typescript-${cell.typescript}`
  const parts = Object.entries(cell)
    .filter(([name, value]) => value !== undefined && value !== defaults[name])
    .map(([name, value]) => (["next", "node", "iron"].includes(name) ? `${name}-${value}` : value))
  return parts.join("-") || "default"
}

/** The command that runs a cell. */
export function argumentsOf(cell) {
  return Object.entries(cell).flatMap(([name, value]) => [`--${name}`, value])
}
