import { MAX_COOKIE_BYTES } from "../../core/limits"

/**
 * `keys`: sealed by two keys, which need no salts. `password`: sealed by `"<purpose>:<secret>"`, as before
 * 0.1.0; such seals are opened and no longer made.
 */
export type SealForm = "keys" | "password"

// Fe26.2 * id * salt * initialisation vector * encrypted * expiry * salt * authentication ~ version
//
// Written out, because what follows is lenient where nothing authenticates it. @hapi/iron and iron-webcrypto
// ignore the last salt where a key needs none, and where an id names a password, they make up a salt that is
// empty; iron-webcrypto 2 takes base64 with other characters or bits at its end; iron-session 8 reads
// the version by parseInt. So there would be several texts for one seal. The expiry is in what is sealed.
const keys = /^Fe26\.2\*k[0-9a-f]{8}\*\*[\w-]{22}\*[\w-]+\*\*\*[\w-]{42}[AEIMQUYcgkosw048]~2$/
const password =
  /^Fe26\.2\*\d{1,10}\*[0-9a-f]{64}\*[\w-]{22}\*[\w-]+\*\*[0-9a-f]{64}\*[\w-]{42}[AEIMQUYcgkosw048]~2$/

/**
 * What a text has to be opened with to be a seal of ours.
 *
 * @returns undefined for what none of ours can be, at little cost
 */
export function formOf(text: string): SealForm | undefined {
  if (text.length > MAX_COOKIE_BYTES) return undefined
  if (keys.test(text)) return "keys"
  return password.test(text) ? "password" : undefined
}
