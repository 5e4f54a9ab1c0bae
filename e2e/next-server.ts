import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { expect } from "@playwright/test"
import { freePort } from "../lib/session/test-support/free-port.mjs"
import { startBridge } from "../lib/session/test-support/redis/bridge.mjs"
import { startRedis } from "../lib/session/test-support/redis/server.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))

/**
 * An app server of a test file's own, on the build that the project's web server made, so that it may
 * be counted, broken and killed.
 *
 * @param folder the app's folder in `e2e`
 * @param serves whether pages are to be expected, and not merely an answer
 */
export async function startNext(folder: string, env: NodeJS.ProcessEnv, serves = true) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const next = `${root}node_modules/next/dist/bin/next`
  const child = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "localhost"], {
    cwd: `${root}e2e/${folder}`,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let printed = ""
  for (const output of [child.stdout, child.stderr]) output.on("data", (chunk) => (printed += String(chunk)))
  const status = () =>
    fetch(`${origin}/static`).then(
      (answer) => answer.status,
      () => 0,
    )
  const ready = expect.poll(status, { timeout: 60_000 })
  await (serves ? ready.toBe(200) : ready.not.toBe(0))

  const isRunning = () => child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return
    const exit = once(child, "exit")
    child.kill(signal)
    await exit
  }
  return {
    origin,
    /** What the server printed so far. */
    printed: () => printed,
    /** Whether it takes requests, and was not told to end. */
    isRunning: () => isRunning() && !child.killed,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  }
}

/** A Redis behind a bridge, and the environment that leads an app server to it. */
export async function startBackend() {
  const redis = await startRedis()
  const token = crypto.randomUUID()
  const bridge = await startBridge({ redisUrl: redis.url, token })
  return {
    redis,
    bridge,
    token,
    env: { UPSTASH_REDIS_REST_URL: bridge.url, UPSTASH_REDIS_REST_TOKEN: token },
    async stop() {
      await bridge.close()
      await redis.stop()
    },
  }
}
