import { once } from "node:events"
import { connect, createServer } from "node:net"

/** Passes connections on as they are and counts the bytes: what really goes over the wire, headers and all. */
export async function startCountingProxy(origin) {
  const { hostname, port } = new URL(origin)
  const bytes = { sent: 0, received: 0 }
  const sockets = new Set()
  const server = createServer((browser) => {
    const app = connect(Number(port), hostname)
    for (const socket of [browser, app]) {
      sockets.add(socket)
      // The other side's end is all there is to know.
      socket.once("error", () => {})
      socket.once("close", () => {
        sockets.delete(socket)
        browser.destroy()
        app.destroy()
      })
    }
    browser.on("data", (chunk) => (bytes.sent += chunk.length))
    app.on("data", (chunk) => (bytes.received += chunk.length))
    browser.pipe(app).pipe(browser)
  })
  server.listen(0, "localhost")
  await once(server, "listening")
  return {
    origin: `http://localhost:${server.address().port}`,
    bytes: () => ({ ...bytes }),
    async stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, "close")
    },
  }
}
