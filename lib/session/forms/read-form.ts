import { baseName } from "../core/feedback-index"
import { MAX_FIELDS, MAX_NAME_CHARACTERS, MAX_TEXT_CHARACTERS, type FormLimit } from "../core/limits"
import { BACK_FIELD, LIST_FIELD } from "../core/wire-names"

/** A form as submitted, as far as the limits go. */
export interface SubmittedForm {
  /** Values per field, in the order sent: without what React adds to find the action again, and we. */
  readonly fields: ReadonlyMap<string, readonly FormDataEntryValue[]>
  /** Names of fields that were sent and are not here, or not whole, for they went past a limit. */
  readonly incomplete: readonly string[]
  /** Names of lists the form has, whether or not it sent items for them. */
  readonly lists: readonly string[]
  /** The first limit it went past; undefined when nothing is missing here. */
  readonly pastLimit: FormLimit | undefined
}

/** Whether a field is an item of a list: its name says so, or the form does, in either notation. */
export function listsOf(lists: readonly string[]): (name: string) => boolean {
  const declared = new Set(lists.map(baseName))
  return (name) => name.endsWith("[]") || declared.has(name)
}

/** Reads a form from the front, and no further than the limits go. */
export function readForm(form: FormData): SubmittedForm {
  const fields = new Map<string, FormDataEntryValue[]>()
  const lists: string[] = []
  const incomplete = new Set<string>()
  let pastLimit: FormLimit | undefined
  let entries = 0
  let charactersLeft = MAX_TEXT_CHARACTERS

  for (const [name, value] of form) {
    entries += 1
    if (entries > MAX_FIELDS) {
      pastLimit ??= "fields"
      break
    }
    if (name.startsWith("$ACTION_") || name === BACK_FIELD) continue
    const named = name === LIST_FIELD ? value : name
    const length = typeof value === "string" ? value.length : 0
    if (typeof named !== "string") continue
    if (named.length > MAX_NAME_CHARACTERS) {
      pastLimit ??= "name"
    } else if (name === LIST_FIELD) {
      lists.push(named)
    } else if (length > charactersLeft) {
      pastLimit ??= "text"
      incomplete.add(name)
    } else {
      charactersLeft -= length
      const values = fields.get(name)
      if (values === undefined) fields.set(name, [value])
      else values.push(value)
    }
  }

  // Half of what was ticked must not come back as all of it.
  if (pastLimit === "fields") {
    const isList = listsOf(lists)
    for (const [name, values] of fields) {
      if (values.length > 1 || isList(name)) incomplete.add(name)
    }
  }
  for (const name of incomplete) fields.delete(name)
  return { fields, incomplete: [...incomplete], lists, pastLimit }
}
