/** Names that the names of fields are compared with, by their words. */
export interface NameList {
  /** Whether one of the names stands in these words: a part within one of them, any of them as whole words. */
  has(words: readonly string[]): boolean
  /**
   * Where a run of whole words that spells one of the names ends, however the name is split into words and
   * whichever of them is a plural: the indexes of the words after it.
   */
  endsFrom(words: readonly string[], start: number): number[]
}

/**
 * By look-ups, not by one large regular expression: to compile that takes half a second of the first request.
 *
 * @param parts found also within a word
 * @param whole found as whole words only: "cardno" in `card_no`, and not in `discardNotes`
 */
export function nameList(parts: readonly string[], whole: readonly string[]): NameList {
  const names = new Set([...parts, ...whole])
  const beginnings = new Set(
    [...names].flatMap((name) => [...name].map((_, end, all) => all.slice(0, end).join(""))),
  )

  const shortest = Math.min(...parts.map((part) => part.length))
  const hasPart = (word: string) => word.length >= shortest && parts.some((part) => word.includes(part))

  // Plain loops: somebody may make a name of a hundred words, and send a thousand of them.
  const endsFrom = (words: readonly string[], start: number) => {
    const ends: number[] = []
    let begun = [""]
    for (let at = start; at < words.length && begun.length > 0; at += 1) {
      const word = words[at] ?? ""
      const one = singular(word)
      const further: string[] = []
      let isName = false
      const spell = (text: string) => {
        isName ||= names.has(text)
        if (beginnings.has(text) && !further.includes(text)) further.push(text)
      }
      for (const text of begun) {
        spell(text + word)
        if (one !== word) spell(text + one)
      }
      if (isName) ends.push(at + 1)
      begun = further
    }
    return ends
  }

  return {
    endsFrom,
    has: (words) => words.some((word, start) => hasPart(word) || endsFrom(words, start).length > 0),
  }
}

function singular(word: string): string {
  return word.length > 1 && word.endsWith("s") ? word.slice(0, -1) : word
}
