import { randomBytes } from "node:crypto"
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { buildRegistry } from "../registry/build.mjs"
import { fontsEnvironment, freshApp } from "./app.mjs"
import { mustBeQuiet, run } from "./run.mjs"
import { use } from "./use.mjs"

/**
 * Copies the kit into apps fresh from create-next-app with the real shadcn command, as docs/copying.md says,
 * and uses them as people do. Prints a transcript; anything that warns or is not as it should be is an error.
 *
 *     npm run test:fresh:registry [-- --webpack] [-- --only src]
 */

const page = {
  signInPath: "/sign-in",
  homePath: "/account",
  email: "ada@example.com",
  password: "first-programmer",
  wrong: /No one here has this e-mail and password/,
  welcome: /Welcome back, Ada/,
  goodbye: /You are signed out/,
}

async function copyInto(app, items) {
  const add = async (file, ...flags) => {
    const args = ["--yes", "shadcn@latest", "add", file, "--yes", ...flags]
    const output = await run("npx", args, { cwd: app.folder })
    // The list of what was written has names such as errors.ts.
    mustBeQuiet("shadcn", output.replace(/^ +- .*$/gm, ""))
  }
  const before = performance.now()

  await add(items.whole)
  const files = mustBeCopied(app, items.whole)
  if (!/^SESSION_SECRET=$/m.test(readFileSync(join(app.folder, ".env.local"), "utf8"))) {
    throw new Error("There is no SESSION_SECRET in .env.local")
  }
  console.log(`  ${files.length} files written, all but these in lib/session, as they are in the kit:`)
  console.log(`  .env.local ${files.filter((file) => !file.startsWith("lib/session/")).join(" ")}`)

  await run("npm", ["run", "lint", "--", "--max-warnings", "0"], { cwd: app.folder })
  await build(app)
  const env = { SESSION_SECRET: randomBytes(32).toString("base64") }
  await use(app.folder, page, { mode: "start", env })
  console.log(
    `  in all ${((performance.now() - before) / 1000).toFixed(0)} s, the test's own clicks included`,
  )

  // Updating: what was changed by hand is in the diff, and the app's own files are left alone.
  appendFileSync(join(app.home, "lib/session/index.ts"), "// mine\n")
  appendFileSync(join(app.home, "app/session.ts"), "// mine\n")
  await add(items.sources, "--overwrite")
  mustBeCopied(app, items.sources)
  if (!readFileSync(join(app.home, "app/session.ts"), "utf8").endsWith("// mine\n")) {
    throw new Error("Updating the sources changed app/session.ts")
  }
}

/** Every file of an item must lie in the app, unchanged. Returns their names. */
function mustBeCopied(app, item) {
  const { files } = JSON.parse(readFileSync(item, "utf8"))
  for (const { target, content } of files) {
    const file = join(app.home, target)
    if (!existsSync(file) || readFileSync(file, "utf8") !== content) {
      throw new Error(`${file} is missing or not what the item holds`)
    }
  }
  return files.map(({ target }) => target)
}

async function build(app, ...flags) {
  const output = await run("npx", ["next", "build", ...flags], {
    cwd: app.folder,
    env: await fontsEnvironment(),
  })
  mustBeQuiet("next build", output)
}

const args = process.argv.slice(2)
const only = args.includes("--only") ? args[args.indexOf("--only") + 1] : undefined
const items = buildRegistry()
for (const name of ["plain", "src"]) {
  if (only !== undefined && name !== only) continue
  const app = await freshApp({ srcDir: name === "src" })
  console.log(`\n# create-next-app --yes${name === "src" ? " --src-dir" : ""}: ${app.versions}`)
  try {
    await copyInto(app, items)
    // Development needs no secret. Once is enough: `src` changes where files lie.
    if (name === "plain") await use(app.folder, page, { mode: "dev" })
    if (args.includes("--webpack")) await build(app, "--webpack")
  } catch (error) {
    console.error(error.message)
    console.error(`\nThe app is kept in ${app.folder}`)
    process.exit(1)
  }
  app.remove()
}
console.log("\nAll is as it should be.")
