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

  const begins = (word: string) => names.has(word) || beginnings.has(word)
  const endsFrom = (words: readonly string[], start: number) => {
    // Most words: what follows would be done for each word of a name that somebody made long.
    const first = words[start] ?? ""
    if (!begins(first) && !begins(singular(first))) return []
    const ends: number[] = []
    let begun = [""]
    for (let at = start; at < words.length && begun.length > 0; at += 1) {
      const word = words[at] ?? ""
      const spelled = begun.flatMap((text) => [text + word, text + singular(word)])
      if (spelled.some((text) => names.has(text))) ends.push(at + 1)
      begun = [...new Set(spelled)].filter((text) => beginnings.has(text))
    }
    return ends
  }

  return {
    endsFrom,
    has: (words) =>
      words.some(
        (word, start) => parts.some((part) => word.includes(part)) || endsFrom(words, start).length > 0,
      ),
  }
}

function singular(word: string): string {
  return word.length > 1 && word.endsWith("s") ? word.slice(0, -1) : word
}
