import type { Iron } from "./iron"
import { formOf } from "./seal-form"
import { deriveSealKeys } from "./seal-keys"

/** Seals objects for one purpose; a seal made for another purpose does not open. */
export interface Sealer {
  seal(value: object): Promise<string>
  /** The sealed object; undefined for anything that is not an intact seal of ours. */
  unseal(seal: string): Promise<unknown>
}

/**
 * iron-session's Fe26.2 seals (encrypted and authenticated) with keys per purpose.
 *
 * @param purpose part of the keys, so that what the application seals with the same secret for
 *   something else is never taken for a session
 * @param secrets newest first; the newest seals, all of them open
 */
export function createSealer(purpose: string, secrets: readonly string[]): Sealer {
  const iron = createIron(purpose, secrets)
  return {
    seal: async (value) => (await iron).seal(value),
    async unseal(seal) {
      const form = formOf(seal)
      return form && (await iron).unseal(seal, form)
    },
  }
}

async function createIron(purpose: string, secrets: readonly string[]): Promise<Iron> {
  const keys = await Promise.all(secrets.map((secret) => deriveSealKeys(purpose, secret)))
  const passwords: Record<string, string> = Object.create(null)
  for (const secret of secrets) {
    const password = `${purpose}:${secret}`
    passwords[await passwordId(password)] = password
  }
  // Next replaces the condition by a constant and leaves the other runtime's code out of the bundle.
  if (process.env.NEXT_RUNTIME !== "edge") {
    const { ironOnNode } = await import("./iron-on-node")
    return ironOnNode({ keys, passwords })
  }
  const { ironOnEdge } = await import("./iron-on-edge")
  return ironOnEdge({ keys, passwords })
}

/** A number that names a password inside the old seals, up to ten digits. */
async function passwordId(password: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(password))
  return String(new DataView(digest).getUint32(0))
}
