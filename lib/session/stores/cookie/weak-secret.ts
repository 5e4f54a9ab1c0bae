import { MIN_SECRET_CHARACTERS } from "../../core/limits"

/**
 * What has to be left of a secret once repetition is taken out. Low enough that of a billion random
 * secrets, be they digits only, none is refused (weak-secret.test.ts counts), and high enough for a word
 * that was repeated to reach the length.
 */
const MIN_CHARACTERS_LEFT = 20

/** Whether a secret is short, one piece repeated, or mostly made of what occurred in it before. */
export function isWeak(secret: string): boolean {
  const isRepeated = `${secret}${secret}`.indexOf(secret, 1) < secret.length
  return (
    secret.length < MIN_SECRET_CHARACTERS ||
    isRepeated ||
    charactersLeft(secret) < MIN_CHARACTERS_LEFT ||
    // Counting up, as in "abcdefgh", repeats the step.
    charactersLeft(stepsOf(secret)) < MIN_CHARACTERS_LEFT
  )
}

/** The length of a text in which a piece that occurred before counts as two: where it was, how long it is. */
function charactersLeft(text: string): number {
  let left = 0
  for (let at = 0; at < text.length && left < MIN_CHARACTERS_LEFT;) {
    const length = longestRepeat(text, at)
    left += length > 2 ? 2 : 1
    at += length > 2 ? length : 1
  }
  return left
}

/** How much of the text from `at` on also stands further to the left; the two may overlap. */
function longestRepeat(text: string, at: number): number {
  let longest = 0
  for (let from = 0; from < at; from += 1) {
    let length = 0
    while (at + length < text.length && text[from + length] === text[at + length]) length += 1
    longest = Math.max(longest, length)
  }
  return longest
}

function stepsOf(text: string): string {
  const codes = Array.from(text, (_, at) => text.charCodeAt(at))
  // A step may be negative; modulo 2^16 it is one character all the same.
  return codes
    .slice(1)
    .map((code, at) => String.fromCharCode((code - (codes[at] ?? 0)) & 0xffff))
    .join("")
}
