import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createServer, request as httpRequest, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { pipeline } from "node:stream"
import { fileURLToPath } from "node:url"
import { expect } from "@playwright/test"
import { findFreePort } from "./free-port.ts"
import { startBridge } from "../scripts/redis/bridge.mjs"
import { startRedis } from "../scripts/redis/server.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))

export type Servers = Awaited<ReturnType<typeof startServers>>

/**
 * App servers of their own on one Redis of their own, so that a test may count what they send, break
 * it, or kill one. They serve the build that the project's web server made.
 */
export async function startServers(count: number) {
  const redis = await startRedis()
  const token = crypto.randomUUID()
  const bridge = await startBridge({ redisUrl: redis.url, token })
  const env = { ...process.env, UPSTASH_REDIS_REST_URL: bridge.url, UPSTASH_REDIS_REST_TOKEN: token }
  const apps = await Promise.all(Array.from({ length: count }, () => startApp(env)))
  const proxy = createRoundRobin(() => apps.filter(({ child }) => child.exitCode === null && !child.killed))
  proxy.listen(0, "localhost")
  await once(proxy, "listening")
  return {
    bridge,
    redis,
    origins: apps.map(({ origin }) => origin),
    /** Where the round-robin proxy in front of all of them listens. */
    origin: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    async kill(index: number) {
      const child = apps[index]?.child
      if (child === undefined) return
      const exit = once(child, "exit")
      child.kill("SIGKILL")
      await exit
    },
    async stop() {
      proxy.close()
      proxy.closeAllConnections()
      await Promise.all(apps.map(({ child }) => stop(child)))
      await bridge.close()
      await redis.stop()
    },
  }
}

async function startApp(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; origin: string }> {
  const port = await findFreePort()
  const next = `${root}node_modules/next/dist/bin/next`
  const child = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "localhost"], {
    cwd: `${root}e2e/fixture-redis`,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  })
  const origin = `http://localhost:${port}`
  await expect
    .poll(
      () =>
        fetch(`${origin}/static`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200)
  return { child, origin }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, "exit")
}

/** Passes each request on to the next app server, as it is, the Host header included. */
function createRoundRobin(live: () => { origin: string }[]): Server {
  let turn = 0
  return createServer((request, response) => {
    const apps = live()
    const app = apps[(turn += 1) % apps.length]
    const onward = httpRequest(
      new URL(request.url ?? "/", app?.origin),
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        // Unlike pipe(), this ends the answer also when the server behind it dies.
        pipeline(answer, response, () => {})
      },
    )
    onward.on("error", () => {
      if (response.headersSent) response.destroy()
      else response.writeHead(502).end()
    })
    request.pipe(onward)
  })
}
