import { closeSync, mkdirSync, openSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { freePort } from "../lib/session/test-support/free-port.mjs"
import { cache, nextStart } from "./build.mjs"
import { firstMessage, forkChild, printed, spawnChild, stopChild } from "./children.mjs"

const expressScript = fileURLToPath(new URL("express-server.mjs", import.meta.url))

/** The built app on a free port. What it complains about goes to a file, for it may be much. */
export async function startNext(env) {
  const port = await freePort("127.0.0.1")
  mkdirSync(cache, { recursive: true })
  const log = openSync(join(cache, "next.log"), "a")
  const args = [nextStart.script, "start", "-p", String(port), "-H", "127.0.0.1"]
  const child = spawnChild(process.execPath, args, {
    cwd: nextStart.cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", log],
  })
  closeSync(log)
  // Told by the child itself: whoever answers at the port may be another that took it meanwhile.
  await printed(child, "Ready in")
  return { origin: `http://127.0.0.1:${port}`, stop: () => stopChild(child) }
}

export async function startExpress(redisUrl) {
  const child = forkChild(expressScript, { env: { ...process.env, REDIS_URL: redisUrl } })
  const { origin } = await firstMessage(child)
  return { origin, stop: () => stopChild(child) }
}
