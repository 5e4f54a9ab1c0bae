import { SessionError } from "./errors"
import { printable } from "./printable"

/** What an option has to be, besides left out. `any` is looked at by whoever knows its rule. */
export type OptionKind = keyof typeof kinds

/** Ten minutes: beyond that, no server waits. */
const MAX_MILLISECONDS = 10 * 60 * 1000

const isText = (value: unknown) => typeof value === "string"
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText)

const kinds = {
  any: { is: () => true, words: "anything" },
  text: { is: isText, words: "a string" },
  texts: { is: isTexts, words: "a list of strings" },
  "text or texts": {
    is: (value: unknown) => isText(value) || isTexts(value),
    words: "a string or a list of strings",
  },
  function: { is: (value: unknown) => typeof value === "function", words: "a function" },
  milliseconds: {
    is: (value: unknown) => typeof value === "number" && value > 0 && value <= MAX_MILLISECONDS,
    words: `a number of milliseconds above 0 and at most ${MAX_MILLISECONDS}`,
  },
  map: { is: (value: unknown) => value instanceof Map, words: "a Map" },
}

/**
 * Refuses options that would be ignored, or fail in the middle of a request: one that is misspelt, or of
 * another kind.
 *
 * @param where the function that takes them
 * @param known what each of its options has to be
 * @throws SessionError `SESSION_OPTIONS_INVALID`, naming the option
 */
export function checkOptions<Options extends object>(
  where: string,
  options: Options,
  known: Readonly<Record<keyof Options & string, OptionKind>>,
): void {
  const names = Object.keys(known)
  if (typeof options !== "object" || options === null) {
    throw invalid(`${where}() takes an object of options. It knows: ${names.join(", ")}.`)
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) {
      throw invalid(`${where}() has no option "${printable(name)}". It knows: ${names.join(", ")}.`)
    }
    const kind = kinds[known[name as keyof typeof known]]
    if (value !== undefined && !kind.is(value)) {
      throw invalid(`${where}({ ${name} }) must be ${kind.words}. Leave it out for the default.`)
    }
  }
}

function invalid(text: string): SessionError {
  return new SessionError("SESSION_OPTIONS_INVALID", text)
}
