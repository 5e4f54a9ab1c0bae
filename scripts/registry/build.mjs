import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { packedSources } from "../package/build.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))
const library = join(root, "lib/session")
const example = join(root, "scripts/registry/example")
const manifest = JSON.parse(readFileSync(join(library, "package.json"), "utf8"))

/**
 * Builds what `npx shadcn add` takes: the library's sources and the files of an app around them, and the
 * sources alone, for who has the rest already. Every file has a target and the type `registry:file`, so the
 * command neither asks for a components.json nor changes what it writes, and puts it into `src/` where that is.
 *
 * @param {string} [folder] where
 * @returns {{ whole: string, sources: string }} the paths of the two files
 */
export function buildRegistry(folder = join(root, "build/registry")) {
  mkdirSync(folder, { recursive: true })
  const write = (name, item) => {
    const file = join(folder, `${name}.json`)
    writeFileSync(file, `${JSON.stringify({ ...head(name), ...item }, null, 2)}\n`)
    return file
  }
  const sources = copiedSources().map((path) => entry(join(library, path), join("lib/session", path)))
  const app = readdirSync(example, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .toSorted()
    .map((path) => entry(join(example, path), path))
  const dependencies = Object.entries(manifest.dependencies).map(
    ([name, range]) => `${name}@${firstRange(range)}`,
  )
  // The sources import the types of both clients, used or not.
  const clients = ["@upstash/redis", "redis"].map(
    (name) => `${name}@${lastRange(manifest.peerDependencies[name])}`,
  )
  return {
    sources: write("next-session-kit-sources", {
      title: "next-session-kit, its sources alone",
      dependencies: [...dependencies, ...clients],
      files: sources,
    }),
    whole: write("next-session-kit", {
      title: "next-session-kit",
      // zod is the example's: an app that has one keeps its own version.
      dependencies: [...dependencies, ...clients, "zod"],
      envVars: { SESSION_SECRET: "" },
      files: [...sources, ...app],
      docs:
        "Run `npm run dev` and open /sign-in. Development needs no secret. In production set SESSION_SECRET " +
        "to the output of `openssl rand -base64 32`.",
    }),
  }
}

const head = (name) => ({
  $schema: "https://ui.shadcn.com/schema/registry-item.json",
  name,
  type: "registry:item",
  description: manifest.description,
})

function entry(file, target) {
  return { path: target, type: "registry:file", target, content: readFileSync(file, "utf8") }
}

/** What is for tests needs vitest, which the app may not have. */
function copiedSources() {
  return packedSources().filter((path) => !/^testing\b/.test(path))
}

/** Of `^8.0.4 || ^9.0.0` the first: it runs on every Node the kit supports. */
function firstRange(range) {
  return range.split("||")[0].trim()
}

/** Of `^5.0.0 || ^6.0.0` the last. */
function lastRange(range) {
  return range.split("||").at(-1).trim()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of Object.values(buildRegistry())) console.log(file)
}
