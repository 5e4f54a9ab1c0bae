import { spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { freePort } from "../../lib/session/test-support/free-port.mjs"
import { run } from "./run.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))
const cache = join(root, "node_modules/.cache/fresh")

/**
 * What create-next-app makes today by its own defaults, dependencies installed, in a temporary folder of its
 * own. It is made once per version and copied from then on.
 *
 * @param {{ srcDir?: boolean }} [options]
 * @returns {Promise<{ folder: string, home: string, versions: string, remove: () => void }>} `home` is where
 *   `app/` lies: the folder, or `src` in it
 */
export async function freshApp({ srcDir = false } = {}) {
  const version = (await run("npm", ["view", "create-next-app", "version"], { cwd: root })).trim()
  const pristine = join(cache, `${version}${srcDir ? "-src" : ""}`, "fresh-app")
  if (!existsSync(pristine)) await makePristine(pristine, version, srcDir)
  const parent = mkdtempSync(join(tmpdir(), "next-session-kit-fresh-"))
  const folder = join(parent, basename(pristine))
  cpSync(pristine, folder, { recursive: true, verbatimSymlinks: true })
  return {
    folder,
    home: srcDir ? join(folder, "src") : folder,
    versions: installedVersions(folder, version),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  }
}

async function makePristine(target, version, srcDir) {
  mkdirSync(dirname(target), { recursive: true })
  // Not inside this repository: the app would take its lockfile and its git for its own.
  const made = mkdtempSync(join(tmpdir(), "create-next-app-"))
  const name = basename(target)
  const flags = ["--yes", ...(srcDir ? ["--src-dir"] : [])]
  await run("npx", ["--yes", `create-next-app@${version}`, name, ...flags], {
    cwd: made,
    env: { npm_config_audit: "false", npm_config_fund: "false" },
  })
  cpSync(join(made, name), `${target}.part`, { recursive: true, verbatimSymlinks: true })
  rmSync(made, { recursive: true, force: true })
  renameSync(`${target}.part`, target)
}

function installedVersions(folder, createNextApp) {
  const of = (name) =>
    JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version
  const names = ["next", "react", "typescript", "eslint", "eslint-config-next", "tailwindcss"]
  return [`create-next-app ${createNextApp}`, ...names.map((name) => `${name} ${of(name)}`)].join(", ")
}

let fonts

/**
 * The environment a fresh app is built in: create-next-app's layout asks Google for two fonts, and where that
 * cannot be reached a file stands in for it.
 *
 * @returns {Promise<Record<string, string>>}
 */
export function fontsEnvironment() {
  return (fonts ??= fetch("https://fonts.googleapis.com/", { signal: AbortSignal.timeout(5000) }).then(
    () => ({}),
    () => ({ NEXT_FONT_GOOGLE_MOCKED_RESPONSES: join(root, "scripts/fresh/fonts.cjs") }),
  ))
}

/** What the server's environment is, whatever this process was given: nothing of the kit's is set. */
const OURS = {
  NEXT_TELEMETRY_DISABLED: "1",
  NO_COLOR: "1",
  SESSION_SECRET: undefined,
  UPSTASH_REDIS_REST_URL: undefined,
  UPSTASH_REDIS_REST_TOKEN: undefined,
}

/**
 * Starts Next in an app's folder and waits until it answers.
 *
 * @param {string} folder
 * @param {{ mode?: "start" | "dev", env?: Record<string, string | undefined> }} [options] `start` wants a build
 * @returns {Promise<{ origin: string, output: () => string, stop: () => Promise<void> }>} `output` is all the
 *   server has said so far
 */
export async function startNext(folder, { mode = "start", env = {} } = {}) {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", mode, "-p", `${port}`, "-H", "localhost"],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...OURS,
        ...(await fontsEnvironment()),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      // `next dev` has a process of its own below it: both end as one group.
      detached: true,
    },
  )
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk))
  const ended = new Promise((resolve) => child.on("close", resolve))
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM")
    await ended
  }
  const ready = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", () => /Ready in/.test(output) && resolve(true))
    }
  })
  const timeout = AbortSignal.timeout(60_000)
  const tooLate = new Promise((resolve) => timeout.addEventListener("abort", () => resolve(false)))
  const origin = `http://localhost:${port}`
  // It says that it is ready before it has looked for a build, and answers afterwards.
  const answers = ready
    .then(() => fetch(`${origin}/favicon.ico`))
    .then(
      () => true,
      () => false,
    )
  if (!(await Promise.race([answers, tooLate, ended.then(() => false)]))) {
    await stop()
    throw new Error(`next ${mode} did not become ready:\n${output}`)
  }
  return { origin, output: () => output, stop }
}
