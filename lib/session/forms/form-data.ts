import { MAX_ADDRESS_CHARACTERS, MAX_EMPTY_PLACES } from "../core/limits"
import { BACK_FIELD } from "../core/wire-names"
import { setField } from "./field-name"
import { listsOf, type SubmittedForm } from "./read-form"

/** What a text field that was left blank is to a schema. */
export type Blank = "text" | "undefined"

/** The page the form says it is on; not to be trusted. */
export function backFieldOf(input: unknown): string | undefined {
  const value = input instanceof FormData ? input.get(BACK_FIELD) : null
  return typeof value === "string" && value.length <= MAX_ADDRESS_CHARACTERS ? value : undefined
}

/**
 * The value a schema validates: nested names become objects and lists, a name sent several times
 * becomes a list, and `tags[]`, like any name the form says is a list, is one however often it was sent. A
 * file field without a file is not there.
 *
 * @param blank what `""` is to the schema; in a list it stays text, so that the others keep their places
 * @returns undefined when a name goes beyond the limits
 */
export function formToObject(
  { fields, lists }: SubmittedForm,
  blank: Blank = "text",
): Record<string, unknown> | undefined {
  const result: Record<string, unknown> = {}
  const places = { left: MAX_EMPTY_PLACES }
  const put = (name: string, item: unknown) => setField(result, name, item, places)
  const isList = listsOf(lists)
  for (const [name, values] of fields) {
    const sent = values.filter((value) => !isNoFile(value))
    const isPut = isList(name)
      ? (sent.length > 0 ? sent : [undefined]).every((item) => put(listName(name), item))
      : put(name, valueOf(name, sent, blank))
    if (!isPut) return undefined
  }
  return lists.every((name) => put(listName(name), undefined)) ? result : undefined
}

/** What a field that is no list holds; undefined for nothing. */
function valueOf(name: string, sent: readonly FormDataEntryValue[], blank: Blank): unknown {
  if (sent.length > 1) return sent
  const isBlank = sent[0] === "" && blank === "undefined" && !name.endsWith("]")
  return isBlank ? undefined : sent[0]
}

function listName(name: string): string {
  return name.endsWith("[]") ? name : `${name}[]`
}

/**
 * What arrives for `<input type="file">` where nothing was chosen: no bytes and no name. Of no name Next
 * makes "undefined" in an action called by its router, and FormData "blob".
 */
function isNoFile(value: FormDataEntryValue): boolean {
  return typeof value !== "string" && value.size === 0 && ["", "undefined", "blob"].includes(value.name)
}

/** The text of a form per field as named in it: what was typed, without files. */
export function textOf({ fields }: SubmittedForm): [name: string, texts: string[]][] {
  return [...fields].flatMap(([name, values]): [string, string[]][] => {
    const texts = values.filter((value) => typeof value === "string")
    return texts.length === 0 ? [] : [[name, texts]]
  })
}
