import { SessionError } from "../core/errors"
import { MAX_NAME_CHARACTERS } from "../core/limits"
import { printable } from "../core/printable"
import { nameList } from "./name-list"
import { squash, wordsOf } from "./name-words"
import { harmless, qualities, repeated, secretPairs, secretParts, secretWords } from "./secret-names"

export interface SecretOptions {
  /**
   * Fields never given back, besides those whose name says secret: names, or whole words of names, in any
   * notation. `"age"` hides `age` and `user[age]`, and not `page`.
   */
  secretFields?: readonly string[]
  /**
   * Fields given back although their name says secret, each by its exact name, with `[]` for any index:
   * `"pincode"`, `"guests[].boardingPass"`. What `secretFields` lists stays secret.
   */
  visibleFields?: readonly string[]
}

/**
 * Says of a field's name whether what was typed there must never be given back. Laravel's three literal
 * names let S3 secrets and LDAP passwords into sessions (projectsend#1757).
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID` when `secretFields` lists what names cannot be compared with
 */
export function secretRule({
  secretFields = [],
  visibleFields = [],
}: SecretOptions): (name: string) => boolean {
  const own = readable(secretFields).map(squash)
  // Between words of a script without capitals there need be nothing at all.
  const isUncased = (name: string) => /\p{Lo}/u.test(name)
  const ownNames = nameList(own.filter(isUncased), own)
  const visible = new Set(visibleFields)
  return (name) => {
    if (name.length > MAX_NAME_CHARACTERS) return true
    const plain = name.normalize("NFKD")
    // One Arabic ligature becomes eighteen letters.
    if (plain.length > MAX_NAME_CHARACTERS) return true
    const parts = wordsOf(plain)
    if (ownNames.has(parts)) return true
    if (visible.has(name) || visible.has(name.replace(/\[\d+\]/g, "[]"))) return false
    const letters = parts.filter((word) => !/^\p{N}/u.test(word))
    if (letters.join(" ") === repeated) return true
    return builtIn.has(letters) && builtIn.has(withoutDescribed(withoutHarmless(letters)))
  }
}

/** @throws SessionError `SESSION_OPTIONS_INVALID` for a name without letters and digits */
export function readable(secretFields: readonly string[]): readonly string[] {
  const odd = secretFields.find((name) => squash(name) === "")
  if (odd === undefined) return secretFields
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `secretFields lists "${printable(odd)}". Names of fields are compared by their words, and this has no ` +
      `letter and no digit, so it would hide nothing. Give the field a name that has, and list that.`,
  )
}

const builtIn = nameList(secretParts, [...secretWords, ...secretPairs])
const describable = nameList([], [...secretParts, ...secretWords])

function withoutHarmless(words: readonly string[]): string[] {
  // The pattern finds whole words by the spaces around them.
  return ` ${words.join(" ")} `.replace(harmless, " ").split(" ").filter(Boolean)
}

/** Leaves out what merely says something about a secret: `passwordLength`. */
function withoutDescribed(words: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < words.length;) {
    const end = describable.endsFrom(words, at).find((after) => qualities.test(words[after] ?? ""))
    if (end === undefined) kept.push(words[at] ?? "")
    at = end === undefined ? at + 1 : end + 1
  }
  return kept
}
