import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"

/**
 * A free port on loopback. Playwright evaluates its configuration in every worker; the environment,
 * which workers inherit, keeps the answer the same in all of them.
 */
export async function freePort(name: string): Promise<number> {
  const variable = `E2E_PORT_${name}`
  const port = Number(process.env[variable] ?? (await findFreePort()))
  process.env[variable] = String(port)
  return port
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "localhost")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}
