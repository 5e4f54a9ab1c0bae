import { cpSync } from "node:fs"
import { join } from "node:path"
import { run, start } from "./process.mjs"

/**
 * Builds a cell's app, unless it is run by `next dev`, and starts its server.
 *
 * @param {string} folder of the app
 * @param {import("./options.mjs").CellOptions} cell
 * @param {{ env: Record<string, string>, node: string, port: number, log: string }} options
 *   `node` is the path of the Node to use
 * @returns what `start` returns
 */
export async function buildAndStart(folder, cell, { env, node, port, log }) {
  const next = join(folder, "node_modules/next/dist/bin/next")
  const options = { cwd: folder, env, log }
  const at = ["-p", String(port), "-H", "localhost"]
  const bundler = `--${cell.bundler}`
  if (cell.mode === "dev") return start(node, [next, "dev", bundler, ...at], options)
  await run(node, [next, "build", bundler], options)
  if (cell.mode === "start") return start(node, [next, "start", ...at], options)
  const standalone = join(folder, ".next/standalone")
  cpSync(join(folder, ".next/static"), join(standalone, ".next/static"), { recursive: true })
  return start(node, ["server.js"], {
    cwd: standalone,
    env: { ...env, PORT: String(port), HOSTNAME: "localhost" },
    log,
  })
}

/**
 * @param {string} url of a page
 * @param {Promise<unknown>} ended the server's end
 * @throws Error when the server ends, or does not answer in time
 */
export async function answers(url, ended) {
  let isOver = false
  void ended.then(() => (isOver = true))
  for (const until = Date.now() + 120_000; Date.now() < until;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    if (isOver) throw new Error("the server ended")
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`the server does not answer at ${url}`)
}
