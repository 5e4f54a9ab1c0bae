import { closeSync, openSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "../../lib/session/test-support/free-port.mjs"
import { spawnChild, stopChild } from "../children.mjs"
import { folderOf, next } from "./apps.mjs"
import { SECRET } from "./secrets.mjs"

/** One built variant of the app, served on a free port. */
export async function startApp(variant, env = {}) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const logFile = join(folderOf(variant), "server.log")
  const log = openSync(logFile, "a")
  const child = spawnChild(process.execPath, [next, "start", "-p", String(port), "-H", "localhost"], {
    cwd: folderOf(variant),
    env: { ...process.env, SESSION_SECRET: SECRET, NODE_ENV: "production", ...env },
    stdio: ["ignore", log, log],
  })
  closeSync(log)
  const giveUp = Date.now() + 60_000
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > giveUp) throw new Error(`next start failed: see ${logFile}`)
    await wait(100)
  }
  return { origin, cpuSeconds: () => cpuSeconds(child.pid), stop: () => stopChild(child) }
}

/** Processor time of all its threads; NaN where the system does not tell by this way. */
function cpuSeconds(pid) {
  try {
    const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
    )
    return nanoseconds.reduce((sum, figure) => sum + figure, 0) / 1e9
  } catch {
    return Number.NaN
  }
}

async function answers(origin) {
  try {
    await fetch(`${origin}/floor`, { signal: AbortSignal.timeout(10_000) })
    return true
  } catch {
    return false
  }
}
