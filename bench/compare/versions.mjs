import { readFileSync } from "node:fs"
import { browserVersion } from "../../scripts/matrix/browser-version.mjs"

const installed = (name) =>
  JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), "utf8"))
    .version

/** What a result is of. */
export function versions() {
  const packages = ["next", "react", "iron-session", "sonner"].map((name) => `${name} ${installed(name)}`)
  return [...packages, `Node ${process.versions.node}`, browserVersion("chromium")].filter(Boolean).join(", ")
}
