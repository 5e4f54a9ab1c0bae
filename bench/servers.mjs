import { closeSync, mkdirSync, openSync } from "node:fs"
import { createServer } from "node:net"
import { once } from "node:events"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { cache, nextStart } from "./build.mjs"
import { firstMessage, forkChild, spawnChild, stopChild } from "./children.mjs"

const expressScript = fileURLToPath(new URL("express-server.mjs", import.meta.url))

/** The built app on a free port. Its output goes to a file, for it may be much. */
export async function startNext(env) {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  mkdirSync(cache, { recursive: true })
  const logFile = join(cache, "next.log")
  const log = openSync(logFile, "a")
  const args = [nextStart.script, "start", "-p", String(port), "-H", "127.0.0.1"]
  const child = spawnChild(process.execPath, args, {
    cwd: nextStart.cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", log, log],
  })
  closeSync(log)
  const giveUp = Date.now() + 30_000
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > giveUp) throw new Error(`next start failed: see ${logFile}`)
    await wait(50)
  }
  return { origin, stop: () => stopChild(child) }
}

export async function startExpress(redisUrl) {
  const child = forkChild(expressScript, { env: { ...process.env, REDIS_URL: redisUrl } })
  const { origin } = await firstMessage(child)
  return { origin, stop: () => stopChild(child) }
}

async function answers(origin) {
  try {
    await fetch(`${origin}/target`, { signal: AbortSignal.timeout(10_000) })
    return true
  } catch {
    return false
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address()
  server.close()
  await once(server, "close")
  return port
}
