import { freePort } from "../lib/session/test-support/free-port.mjs"

/**
 * A free port on loopback. Playwright evaluates its configuration in every worker; the environment,
 * which workers inherit, keeps the answer the same in all of them.
 */
export async function portFor(name: string): Promise<number> {
  const variable = `E2E_PORT_${name}`
  const port = Number(process.env[variable] ?? (await freePort()))
  process.env[variable] = String(port)
  return port
}
