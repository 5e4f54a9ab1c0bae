import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { packedSources } from "../package/build.mjs"
import { repository } from "./folders.mjs"

/** A short name for what is packed: the library's sources and its manifest. */
export function librarySources() {
  const library = join(repository, "lib/session")
  return digest([...packedSources(), "package.json"].map((path) => join(library, path)))
}

/** A short name for what a cell's result depends on: the library, and the app and its cases, or what checks types. */
export function sourcesOf(cell) {
  const parts =
    cell.typescript !== undefined
      ? ["scripts/matrix/types"]
      : ["e2e/fixture", ...((cell.browser ?? "chromium") === "chromium" ? coreCases : flows)]
  return digest(parts.flatMap(filesIn).toSorted(), librarySources())
}

const coreCases = ["e2e/matrix", "e2e/case.ts", "e2e/run-cases.ts", "e2e/shown.ts"]
const flows = ["e2e/engines", "e2e/flows.spec.ts"]

function filesIn(path) {
  const whole = join(repository, path)
  if (!statSync(whole).isDirectory()) return [whole]
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|\.next|next-env|tsbuildinfo/.test(relative(whole, file)))
}

function digest(files, ...more) {
  const hash = createHash("sha256")
  for (const file of files) hash.update(relative(repository, file)).update(readFileSync(file))
  for (const text of more) hash.update(text)
  return hash.digest("hex").slice(0, 12)
}
