import { once } from "node:events"
import { createServer, request as httpRequest, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { pipeline } from "node:stream"
import { startBackend, startNext } from "./next-server.ts"

export type Servers = Awaited<ReturnType<typeof startServers>>

/**
 * App servers of their own on one Redis of their own, so that a test may count what they send, break
 * it, or kill one. They serve the build that the project's web server made.
 */
export async function startServers(count: number) {
  const backend = await startBackend()
  const env = { ...process.env, ...backend.env }
  const apps = await Promise.all(Array.from({ length: count }, () => startNext("fixture", env)))
  const proxy = createRoundRobin(() => apps.filter((app) => app.isRunning()))
  proxy.listen(0, "localhost")
  await once(proxy, "listening")
  return {
    bridge: backend.bridge,
    redis: backend.redis,
    origins: apps.map(({ origin }) => origin),
    /** Where the round-robin proxy in front of all of them listens. */
    origin: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    kill: async (index: number) => apps[index]?.kill(),
    async stop() {
      proxy.close()
      proxy.closeAllConnections()
      await Promise.all(apps.map((app) => app.stop()))
      await backend.stop()
    },
  }
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
