import { existsSync } from "node:fs"
import { systemFirefox } from "../firefox.mjs"
import { systemWebkit } from "../webkit.mjs"
import { cells } from "./cells.mjs"

/** What differs most from what is tested anyway: the oldest Next with the other bundler, and another engine. */
export function sample() {
  const oldest = { ...cells[0], bundler: "webpack" }
  if (systemWebkit() !== undefined) return [oldest, { browser: "webkit" }]
  if (systemFirefox.some((path) => existsSync(path))) return [oldest, { browser: "firefox" }]
  console.log("No WebKit and no Firefox: the sample leaves other engines out.")
  return [oldest]
}
