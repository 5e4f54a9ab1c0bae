import { sealData, unsealData } from "iron-session"

/** Seals objects for one purpose; a seal made for another purpose does not open. */
export interface Sealer {
  seal(value: object): Promise<string>
  /** The sealed object; undefined for anything that is not an intact seal of ours. */
  unseal(seal: string): Promise<unknown>
}

/**
 * iron-session's Fe26.2 seal (encrypted and authenticated) with a key per purpose.
 *
 * @param purpose part of the key, so that what the application seals with the same secret for
 *   something else is never taken for a session
 * @param secrets newest first; the newest seals, all of them open
 */
export function createSealer(purpose: string, secrets: readonly string[]): Sealer {
  const passwords = secrets.map((secret) => `${purpose}:${secret}`)
  const keyring = Promise.all(
    passwords.map(async (password) => [await passwordId(password), password] as const),
  )
  return {
    async seal(value) {
      const [newest] = await keyring
      if (newest === undefined) throw new TypeError("a sealer needs at least one secret")
      return sealData(value, { password: Object.fromEntries([newest]), ttl: NO_TTL })
    },
    async unseal(seal) {
      // iron-session reads the version after "~" leniently, and nothing authenticates it.
      if (!/^[^~]+~\d$/.test(seal)) return undefined
      try {
        return await unsealData(seal, { password: Object.fromEntries(await keyring), ttl: NO_TTL })
      } catch {
        // unsealData answers {} for most bad seals but throws for some, e.g. a malformed expiry.
        return undefined
      }
    },
  }
}

/** Lifetimes are in the sealed payload, where an injected clock can test them. */
const NO_TTL = 0

/**
 * A number that names a password inside the seal. Derived from the password rather than from its
 * place in the list, so that a seal still finds its password after the list was rotated.
 */
async function passwordId(password: string): Promise<number> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(password))
  return new DataView(digest).getUint32(0)
}
