import { createServer } from "node:net"

/**
 * A free port on loopback. Playwright evaluates its configuration in every worker; the environment,
 * which workers inherit, keeps the answer the same in all of them.
 */
export async function freePort(name: string): Promise<number> {
  const variable = `E2E_PORT_${name}`
  const known = process.env[variable]
  if (known !== undefined) return Number(known)
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "localhost", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
  process.env[variable] = String(port)
  return port
}
