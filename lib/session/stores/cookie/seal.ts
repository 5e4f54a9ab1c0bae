import { makeSeal, openSeal, type Keyring } from "./iron-seal"

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
  const named = Promise.all(
    passwords.map(async (password) => [String(await passwordId(password)), password] as const),
  )
  const keyring: Promise<Keyring> = named.then((entries) =>
    Object.assign(Object.create(null) as Keyring, Object.fromEntries(entries)),
  )
  return {
    async seal(value) {
      const [newest] = await named
      if (newest === undefined) throw new TypeError("a sealer needs at least one secret")
      return makeSeal(value, newest[0], await keyring)
    },
    unseal: async (seal) => openSeal(seal, await keyring),
  }
}

/**
 * A number that names a password inside the seal. Derived from the password rather than from its
 * place in the list, so that a seal still finds its password after the list was rotated.
 */
async function passwordId(password: string): Promise<number> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(password))
  return new DataView(digest).getUint32(0)
}
