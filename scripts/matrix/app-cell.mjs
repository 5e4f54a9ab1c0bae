import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { browserVersion } from "./browser-version.mjs"
import { serverComplaints } from "../../e2e/server-complaints.mjs"
import { freePort } from "../../lib/session/test-support/free-port.mjs"
import { makeApp } from "./app.mjs"
import { repository } from "./folders.mjs"
import { install, installedVersion } from "./install.mjs"
import { packagesOf } from "./packages.mjs"
import { start } from "./process.mjs"
import { summarize } from "./report.mjs"
import { answers, buildAndStart } from "./serve.mjs"

/**
 * Installs, builds and serves a cell's app, and runs the cases against it.
 *
 * @param {import("./options.mjs").CellOptions} cell
 * @param {string} folder
 * @param {string} tarball of the kit
 * @returns {Promise<{ versions: object, passed: number, failed: string[], skipped: object[] }>}
 * @throws Error when it does not come as far as the cases
 */
export async function runAppCell(cell, folder, tarball) {
  mkdirSync(folder, { recursive: true })
  const app = makeApp(folder, cell)
  await install(folder, packagesOf(cell, tarball))
  const node = cell.node === undefined ? process.execPath : join(folder, "node_modules/node/bin/node")
  const log = join(folder, "server.log")
  const port = await freePort()
  const server = await buildAndStart(folder, cell, { env: app.env, node, port, log })
  try {
    const origin = `http://localhost:${port}`
    await answers(`${origin}${app.basePath}/static`, server.ended)
    const result = await runCases(cell, { ...app, origin, folder })
    const complaints = serverComplaints(readFileSync(log, "utf8"))
    return {
      versions: { ...versionsIn(folder, node), browser: browserVersion(cell.browser) },
      ...result,
      failed: [...result.failed, ...complaints.map((line) => `the server printed: ${line.trim()}`)],
    }
  } finally {
    await server.stop()
  }
}

async function runCases(cell, { origin, basePath, javaScriptOnly, folder }) {
  const report = join(folder, "cases.json")
  rmSync(report, { force: true })
  const cli = join(repository, "node_modules/@playwright/test/cli.js")
  const config = join(repository, "scripts/matrix/playwright.config.ts")
  const runner = start(process.execPath, [cli, "test", "-c", config], {
    cwd: repository,
    log: join(folder, "cases.log"),
    env: {
      MATRIX_ORIGIN: origin,
      MATRIX_BROWSER: cell.browser,
      MATRIX_METADATA: JSON.stringify({
        basePath,
        javaScriptOnly,
        exactlyOnce: false,
        next: cell.next,
        isDev: cell.mode === "dev",
      }),
      MATRIX_REPORT: report,
    },
  })
  await runner.ended
  if (!existsSync(report)) throw new Error(`no case ran: see ${folder}/cases.log`)
  const result = summarize(JSON.parse(readFileSync(report, "utf8")))
  if (result.passed + result.failed.length === 0) throw new Error(`no case ran: see ${folder}/cases.log`)
  return result
}

function versionsIn(folder, node) {
  const names = ["next", "react", "iron-session", "typescript", "next-intl", "babel-plugin-react-compiler"]
  const found = names.map((name) => [name, installedVersion(folder, name)])
  return {
    ...Object.fromEntries(found.filter(([, version]) => version !== undefined)),
    node: execFileSync(node, ["--version"], { encoding: "utf8" }).trim().slice(1),
  }
}
