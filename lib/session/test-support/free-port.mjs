import { once } from "node:events"
import { createServer } from "node:net"

/**
 * A port on loopback that nobody listens on now. Another process may take it before it is used.
 *
 * @param {string} [host] the address it is to be free on
 * @returns {Promise<number>}
 */
export async function freePort(host = "localhost") {
  const server = createServer().listen(0, host)
  await once(server, "listening")
  const { port } = server.address()
  server.close()
  await once(server, "close")
  return port
}
