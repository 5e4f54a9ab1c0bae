import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { printable, printableList } from "./printable"
import { arbitraryText } from "../test-support/arbitrary"

describe("printable", () => {
  it("leaves plain text of any script alone", () => {
    for (const text of ["email", "items[0].name", "имя", "名前", "🍪", ""]) expect(printable(text)).toBe(text)
  })

  it.each([
    ["a new line", "a\nb\r", "a\\u{a}b\\u{d}"],
    ["a terminal's escape", "\u001b[31m", "\\u{1b}[31m"],
    ["one of a single character", "\u009b31m", "\\u{9b}31m"],
    ["other line ends", "\u2028\u2029\u0085", "\\u{2028}\\u{2029}\\u{85}"],
    ["a change of direction", "\u202e", "\\u{202e}"],
    ["half a character", "\ud800", "\\u{d800}"],
  ])("escapes %s", (_, text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  it("is short and on one line, whatever it is given", () => {
    fc.assert(
      fc.property(arbitraryText(300), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u)
        expect(printable(text).length).toBeLessThanOrEqual(81 * 9)
      }),
    )
    expect(printable("x".repeat(1_000_000))).toBe(`${"x".repeat(80)}…`)
  })

  it("names the first few of a list", () => {
    expect([printableList([]), printableList(["a", "b\n"])]).toEqual(["", '"a", "b\\u{a}"'])
    expect(printableList(Array.from({ length: 1000 }, (_, n) => `f${n}`))).toBe(
      '"f0", "f1", "f2", "f3", "f4" and 995 more',
    )
  })
})
