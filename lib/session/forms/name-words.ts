/**
 * The words of a name in any notation: camelCase, snake_case, kebab-case, brackets, digits.
 *
 * @param name in normal form KD
 */
export function wordsOf(name: string): string[] {
  const found = name
    .replace(/\p{M}/gu, "")
    .match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lt}\p{Lm}\p{Lo}]+|\p{N}+/gu)
  return (found ?? []).map((word) => word.toLowerCase())
}

/** The same in one word. */
export function squash(name: string): string {
  return wordsOf(name.normalize("NFKD")).join("")
}
