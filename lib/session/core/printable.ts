import { MAX_PRINTED_CHARACTERS, MAX_PRINTED_NAMES } from "./limits"

/**
 * Text that a visitor may have chosen, as an error or a log can show it: short, on one line, without
 * characters that steer a terminal or turn the direction of writing.
 */
export function printable(text: string, maxCharacters = MAX_PRINTED_CHARACTERS): string {
  const short = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
}

/**
 * A list of such texts, in quotes; of a long one the first few.
 *
 * @param unlisted how many there are besides
 */
export function printableList(texts: readonly string[], unlisted = 0): string {
  const shown = texts.slice(0, MAX_PRINTED_NAMES).map((text) => `"${printable(text)}"`)
  const more = texts.length - shown.length + unlisted
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ")
}
