import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildPackage, packPackage } from "../package/build.mjs"
import { fontsEnvironment, freshApp } from "./app.mjs"
import { mustBeQuiet, run } from "./run.mjs"
import { apply, snippetsOf } from "./snippets.mjs"
import { use } from "./use.mjs"

/**
 * `npm run test:fresh`: what a person does who reads the README. A fresh create-next-app, the package as it is
 * packed, the README's own snippets; then lint, types, build, and a browser with JavaScript and without. Neither
 * the tools, nor the server, nor the browser's console may say a word.
 */

const root = fileURLToPath(new URL("../..", import.meta.url))
const MAX_FILES = 3
const MAX_LINES = 30

const signIn = {
  signInPath: "/login",
  homePath: "/login",
  email: "ada@example.com",
  password: "correct horse",
  wrong: /Wrong e-mail or password/,
  welcome: /Welcome back, ada@example\.com/,
  goodbye: /You are signed out/,
}

const { tarball } = packPackage(buildPackage(join(root, "build/fresh-package")))
await check({ srcDir: false })
await check({ srcDir: true })
console.log("\nBoth fresh apps work as the README says.")

async function check({ srcDir }) {
  const start = performance.now()
  console.log(`\n── create-next-app --yes${srcDir ? " --src-dir" : ""}`)
  const app = await freshApp({ srcDir })
  console.log(app.versions)
  try {
    await addToApp(app)
    const env = { ...(await fontsEnvironment()), SESSION_SECRET: randomBytes(32).toString("base64") }
    const here = { cwd: app.folder, env }
    mustBeQuiet("ESLint", await run("npx", ["--no-install", "eslint", "--max-warnings", "0"], here))
    mustBeQuiet("next build", await run("npx", ["--no-install", "next", "build"], here))
    await use(app.folder, signIn, { mode: "start", env })
    // In development nothing has to be set.
    if (!srcDir) await use(app.folder, signIn, { mode: "dev" })
  } finally {
    app.remove()
  }
  console.log(`${Math.round((performance.now() - start) / 1000)} s`)
}

async function addToApp({ folder, home }) {
  const readme = readFileSync(join(root, "README.md"), "utf8")
  const snippets = snippetsOf(readme)
  const needed = snippets.filter(({ section }) => section === "In your app").map((one) => apply(one, home))
  const lines = needed.reduce((sum, file) => sum + file.lines, 0)
  for (const file of needed) console.log(`  ${file.path}: ${file.lines} lines`)
  if (needed.length === 0 || needed.length > MAX_FILES || lines > MAX_LINES)
    throw new Error(`Adding the kit touches ${needed.length} files with ${lines} lines`)
  for (const snippet of snippets.filter(({ section }) => section === "A form")) {
    const file = apply(snippet, home)
    console.log(`  the example, ${file.path}: ${file.lines} lines`)
  }
  const [, packages = ""] = /^npm install (next-session-kit [^#\n]+)/m.exec(readme) ?? []
  const names = packages.trim().split(" ")
  if (names.length < 2) throw new Error("README.md has no line that installs next-session-kit")
  const sources = names.map((name) => (name === "next-session-kit" ? tarball : name))
  await run("npm", ["install", "--no-audit", "--no-fund", ...sources], {
    cwd: folder,
    shown: `npm install ${names.join(" ")}`,
  })
}
