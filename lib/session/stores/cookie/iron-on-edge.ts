import { unsealData } from "iron-session"
import { defaults, seal, unseal } from "iron-webcrypto"
import type { Iron, SealRing } from "./iron"
import type { SealKeys } from "./seal-keys"
import { withoutVersion, withVersion } from "./seal-version"

/** As @hapi/iron writes JSON; what an application stores was checked when it was put. */
const options = { ...defaults, encode: JSON.stringify }

/**
 * By iron-session's own library for WebCrypto, which takes two keys. iron-session's `sealData` has one for both
 * uses, takes a binary one without saying so, and `getIronSession` of version 9 refuses any. What was sealed by
 * a password is opened by iron-session, which takes several and finds the one by its id.
 */
export function ironOnEdge({ keys, passwords }: SealRing): Iron {
  const [newest] = keys
  if (newest === undefined) throw new TypeError("seals need at least one secret")
  // Without inherited entries, for the id comes from the visitor.
  const byId: Record<string, SealKeys> = Object.create(null)
  for (const one of keys) byId[one.id] = one
  return {
    seal: async (value) => withVersion(await seal(value, newest, options)),
    async unseal(text, form) {
      try {
        if (form === "keys") return await unseal(withoutVersion(text), byId, options)
        return await unsealData(text, { password: passwords, ttl: 0 })
      } catch {
        return undefined
      }
    },
  }
}
