import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { packedSources } from "../package/build.mjs"
import { lastStageOf, shownDockerfile } from "./dockerfile.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** The example app by itself, as an image gets it, with the one setting that Docker asks for. */
function copyApp(to) {
  for (const name of ["app", "middleware.ts", "instrumentation.ts", "package.json"])
    cpSync(join(root, name), join(to, name), { recursive: true })
  for (const path of packedSources()) cpSync(join(root, "lib/session", path), join(to, "lib/session", path))
  // The app's own project; the repository's also has tests and tools.
  const project = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"))
  writeFileSync(join(to, "tsconfig.json"), JSON.stringify({ ...project, exclude: ["node_modules"] }))
  writeFileSync(
    join(to, "next.config.mjs"),
    `export default { output: "standalone", turbopack: { root: import.meta.dirname ?? "." } }\n`,
  )
}

/**
 * Does what the Dockerfile of docs/deploying.md says, without Docker: builds the example app, without a secret,
 * and puts what its last stage copies into a folder of its own.
 *
 * @param {string} folder made anew
 * @returns {{ image: string, command: string[] }} the folder, and what is run there
 */
export function stageImage(folder) {
  const { copies, command } = lastStageOf(shownDockerfile())
  rmSync(folder, { recursive: true, force: true })
  const app = join(folder, "app")
  const image = join(folder, "image")
  mkdirSync(app, { recursive: true })
  mkdirSync(image)
  copyApp(app)
  // Hard links: a build follows no symbolic link out of its folder, and nothing in there is written to.
  run("cp", ["-al", join(root, "node_modules"), app], folder)
  const { SESSION_SECRET: _, ...env } = process.env
  run(process.execPath, ["node_modules/next/dist/bin/next", "build"], app, { ...env, NODE_ENV: "production" })
  for (const { from, to } of copies) {
    // The example app has no public folder; the Dockerfile says that one who has none leaves the line out.
    if (from === "public" && !existsSync(join(app, from))) continue
    cpSync(join(app, from), join(image, to), { recursive: true })
  }
  return { image, command }
}

function run(command, args, cwd, env = process.env) {
  const { status } = spawnSync(command, args, { cwd, env, stdio: "inherit" })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`)
}
