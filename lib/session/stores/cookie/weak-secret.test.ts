import { randomBytes, randomInt, randomUUID } from "node:crypto"
import { describe, expect, it } from "vitest"
import { isWeak } from "./weak-secret"

describe("a weak secret", () => {
  it.each([
    ["short", "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQ"],
    ["one character", "a".repeat(64)],
    ["two characters", "01".repeat(32)],
    ["a word", "password".repeat(4)],
    ["a word with a number", "hunter2-".repeat(5)],
    ["a word that does not come out even", "changemechangemechangemechangeme"],
    ["a phrase", "change-me-please-change-me-please"],
    ["a piece as long as half of it", "V6Zk1m9qWb3xT8yR".repeat(2)],
    ["a long phrase, again", "this is my own secret phrase".repeat(2)],
    ["digits", "12345678".repeat(4)],
    ["few characters", "abcabcabcabcabcabcabcabcabcabcabcabc"],
    ["the alphabet", "abcdefghijklmnopqrstuvwxyz123456"],
    ["the alphabet, backwards", "zyxwvutsrqponmlkjihgfedcba987654"],
    ["hexadecimal digits in their order", "0123456789abcdef0123456789abcdef"],
    ["padded with one character", `hunter2${"x".repeat(40)}`],
    ["padded in front", `${"-".repeat(40)}hunter2`],
    ["lines of a keyboard", "qwertyuiop".repeat(4)],
    ["32 random bits", "01101000111010110001011101001101"],
  ])("is refused: %s", (_, secret) => {
    expect(isWeak(secret)).toBe(true)
  })

  it("is judged at once, however long it is", () => {
    const started = performance.now()
    for (const piece of ["a", "ab", "password", "\ud800"]) {
      expect(isWeak(piece.repeat(100_000 / piece.length))).toBe(true)
    }
    expect(isWeak(randomBytes(100_000).toString("base64"))).toBe(false)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

const digits = () => Array.from({ length: 32 }, () => randomInt(10)).join("")

/** What people and this repository's own scripts make, and with how many different characters. */
const generators: Record<string, () => string> = {
  "openssl rand -base64 32": () => randomBytes(32).toString("base64"),
  "openssl rand -base64 24": () => randomBytes(24).toString("base64"),
  "base64url, 24 bytes": () => randomBytes(24).toString("base64url"),
  "openssl rand -hex 32": () => randomBytes(32).toString("hex"),
  "openssl rand -hex 16": () => randomBytes(16).toString("hex"),
  "two UUIDs (playwright.config.ts)": () => randomUUID() + randomUUID(),
  "one UUID": () => randomUUID(),
  "32 digits": digits,
  "128 random bits, written as such": () => Array.from(randomBytes(128), (byte) => byte % 2).join(""),
}

describe("a random secret", () => {
  it.each(Object.entries(generators))("is never refused: %s", (_, generate) => {
    const refused = Array.from({ length: 20_000 }, generate).filter(isWeak)
    expect(refused).toEqual([])
  })

  it.each([
    ["digits", 10],
    ["hexadecimal", 16],
    ["base32", 32],
    ["base64", 64],
  ])("is refused less than once in a billion, by count: %s", (_, alphabet) => {
    for (const length of [32, 33, 36, 43, 44, 64, 72, 128]) {
      const asText = shareLeftBelow20(length, alphabet)
      // The first character and the steps from there on say the same as the text.
      const asSteps = shareLeftBelow20(length - 1, alphabet)
      const repeated = length * alphabet ** -(length / 2)
      expect(asText + asSteps + repeated).toBeLessThan(1e-9)
    }
  })
})

/**
 * An upper bound for the share of all texts of a length of which fewer than 20 characters are left: there
 * are no more of them than ways to write one down, letter by letter or by naming a place to copy from.
 * Whoever reads the steps of a text knows the character before, so a step has as many values as a letter.
 */
function shareLeftBelow20(length: number, alphabet: number): number {
  const limit = 20
  /** Per length and characters left: the ways to write, divided by the number of all texts of that length. */
  const share = Array.from({ length: length + 1 }, () => new Float64Array(limit))
  const at = (end: number, left: number) => (left < 0 ? 0 : (share[end]?.[left] ?? 0))
  if (share[0]) share[0][0] = 1
  for (let end = 1; end <= length; end += 1) {
    for (let left = 1; left < limit; left += 1) {
      let sum = at(end - 1, left - 1)
      for (let copied = 3; copied < end; copied += 1) {
        const places = end - copied
        sum += places * alphabet ** -copied * at(places, left - 2)
      }
      const row = share[end]
      if (row) row[left] = sum
    }
  }
  return Array.from(share[length] ?? []).reduce((total, part) => total + part, 0)
}
