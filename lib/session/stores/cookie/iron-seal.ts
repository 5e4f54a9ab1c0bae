/** Password per id, as a seal names it; without inherited keys, for the id comes from the visitor. */
export type Keyring = Readonly<Record<string, string>>

// On Node, @hapi/iron makes and opens iron-session's seals: the library the format comes from, two to four
// times as fast as iron-session's own code for WebCrypto, which the Edge runtime needs.

/**
 * A seal as iron-session makes it.
 *
 * @param id the password of the ring to seal with
 */
export async function makeSeal(value: object, id: string, keyring: Keyring): Promise<string> {
  const secret = keyring[id] ?? ""
  // Next replaces the condition by a constant and leaves the other runtime's code out of the bundle.
  if (process.env.NEXT_RUNTIME !== "edge") {
    const { seal, defaults } = await import("@hapi/iron")
    return `${await seal(value, { id, secret }, defaults)}~2`
  }
  const { sealData } = await import("iron-session")
  return sealData(value, { password: { [id]: secret }, ttl: NO_TTL })
}

/**
 * What a seal holds.
 *
 * @returns undefined for anything that is not an intact seal by one of these passwords
 */
export async function openSeal(seal: string, keyring: Keyring): Promise<unknown> {
  // iron-session reads the version after "~" leniently, and nothing authenticates it.
  const [, sealed] = /^([^~]+)~2$/.exec(seal) ?? []
  if (sealed === undefined) return undefined
  if (process.env.NEXT_RUNTIME !== "edge") {
    try {
      const { unseal, defaults } = await import("@hapi/iron")
      return await unseal(sealed, keyring, defaults)
    } catch (error) {
      // It refuses JSON with keys like "__proto__", which are plain data here. The seal was intact.
      if (!isRefusedJson(error)) return undefined
    }
  }
  return withIronSession(seal, keyring)
}

function isRefusedJson(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Failed parsing sealed object JSON")
}

async function withIronSession(seal: string, keyring: Keyring): Promise<unknown> {
  try {
    const { unsealData } = await import("iron-session")
    return await unsealData(seal, { password: keyring, ttl: NO_TTL })
  } catch {
    // unsealData answers {} for most bad seals but throws for some, e.g. a malformed expiry.
    return undefined
  }
}

/** Lifetimes are in the sealed payload, where an injected clock can test them. @hapi/iron's default, too. */
const NO_TTL = 0
