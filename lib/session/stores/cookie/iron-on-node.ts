import * as hapi from "@hapi/iron"
import type { Iron, SealRing } from "./iron"
import { withoutVersion, withVersion } from "./seal-version"

/** By @hapi/iron, where the format comes from. */
export function ironOnNode(ring: SealRing): Iron {
  // A Buffer and no other Uint8Array: that one it would take for a password, with a salt that the seal names.
  const buffers = ring.keys.map(({ id, encryption, integrity }) => ({
    id,
    encryption: Buffer.from(encryption),
    integrity: Buffer.from(integrity),
  }))
  const [newest] = buffers
  if (newest === undefined) throw new TypeError("seals need at least one secret")
  // Without inherited entries, for the id comes from the visitor.
  const byId: Record<string, string | (typeof buffers)[number]> = Object.create(null)
  Object.assign(byId, ring.passwords)
  for (const keys of buffers) byId[keys.id] = keys
  return {
    seal: async (value) => withVersion(await hapi.seal(value, newest, hapi.defaults)),
    async unseal(seal, form) {
      try {
        return await hapi.unseal(withoutVersion(seal), byId, hapi.defaults)
      } catch (error) {
        if (!isRefusedJson(error)) return undefined
      }
      // It refuses JSON with keys like "__proto__", which are plain data here. The seal was intact.
      const { ironOnEdge } = await import("./iron-on-edge")
      return ironOnEdge(ring).unseal(seal, form)
    },
  }
}

function isRefusedJson(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Failed parsing sealed object JSON")
}
