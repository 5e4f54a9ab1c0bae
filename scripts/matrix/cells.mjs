/**
 * The cells that `npm run matrix -- --all` runs, and that `docs/versions.md` tells of. Each names what sets
 * it apart from `defaults` (options.mjs). The newest of each minor version, as of the day it was last run.
 *
 * @type {Partial<import("./options.mjs").CellOptions>[]}
 */
export const cells = [
  { next: "16.0.11" },
  { next: "16.1.7" },
  { next: "16.2.12" },
  { next: "16.3.8" },
  {},
  { next: "16.5.0-canary.38" },
  { next: "16.0.11", bundler: "webpack" },
  { next: "16.1.7", bundler: "webpack" },
  { next: "16.2.12", bundler: "webpack" },
  { bundler: "webpack" },
  { mode: "dev" },
  { bundler: "webpack", mode: "dev" },
  { mode: "standalone" },
  { middleware: "proxy" },
  { middleware: "nodejs" },
  { variant: "base-path" },
  { variant: "trailing-slash" },
  { variant: "i18n" },
  { variant: "cache-components" },
  { variant: "cache-components-only" },
  { next: "16.0.11", variant: "cache-components-only" },
  { variant: "react-compiler" },
  { variant: "stale-times" },
  { node: "20" },
  { node: "22" },
  { node: "24" },
  { node: "26" },
  { node: "22", iron: "9" },
  { browser: "firefox" },
  { browser: "webkit" },
  { typescript: "5.9" },
  { typescript: "6.0" },
  { typescript: "7.0" },
]
