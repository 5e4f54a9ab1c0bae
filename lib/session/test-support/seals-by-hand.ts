import { createHash, hkdfSync } from "node:crypto"
import { defaults, seal } from "@hapi/iron"
import { sealData } from "iron-session"

// The kit's seals, made without the kit: by the libraries alone, with keys that node:crypto derived.

export const SESSION_PURPOSE = "next-session-kit/session/v1"

/** Two keys and their id, as the kit derives them. */
export function keysByHand(secret: string, purpose = SESSION_PURPOSE) {
  const derive = (what: string, bytes: number) =>
    Buffer.from(hkdfSync("sha256", secret, "", `${purpose}:${what}`, bytes))
  return {
    id: `k${derive("id", 4).toString("hex")}`,
    encryption: derive("encryption", 32),
    integrity: derive("integrity", 32),
  }
}

/** @param content anything at all, a session or not */
export async function sealByKeys(content: unknown, keys: ReturnType<typeof keysByHand>): Promise<string> {
  return `${await seal(content, keys, defaults)}~2`
}

/** The id and the password of the seals that were made before 0.1.0. */
export function passwordByHand(secret: string, purpose = SESSION_PURPOSE): [id: string, password: string] {
  const password = `${purpose}:${secret}`
  return [String(createHash("sha256").update(password).digest().readUInt32BE()), password]
}

/** As the kit sealed before 0.1.0. */
export function sealByPassword(content: unknown, [id, password]: [string, string]): Promise<string> {
  return sealData(content, { password: { [id]: password }, ttl: 0 })
}
