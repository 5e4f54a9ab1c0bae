import { FORM_FIELD, type FormFeedback } from "./flash"

/** What one form gets back, by the names it can be asked for. */
export interface FeedbackIndex {
  readonly old: ReadonlyMap<string, readonly string[]>
  readonly errors: ReadonlyMap<string, readonly string[]>
  readonly withheld: ReadonlySet<string>
}

const indexes = new WeakMap<FormFeedback, FeedbackIndex>()

/** Made once: a page may ask for as many fields as the form sent back. */
export function indexOf(form: FormFeedback): FeedbackIndex {
  const known = indexes.get(form)
  if (known !== undefined) return known
  const index = {
    old: grouped(form.old ?? [], (name) => [baseName(name)]),
    errors: grouped(form.errors, askedFor),
    withheld: new Set((form.withheld ?? []).map(baseName)),
  }
  indexes.set(form, index)
  return index
}

function grouped(
  fields: NonNullable<FormFeedback["old"]>,
  namesOf: (name: string) => readonly string[],
): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [reported, texts] of fields) {
    for (const name of namesOf(reported)) {
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [...texts])
      else group.push(...texts)
    }
  }
  return groups
}

/** `tags[]` in a form is `tags` in a schema, which reports a wrong item as `tags[2]`. */
function askedFor(reported: string): string[] {
  const name = baseName(reported)
  const list = name.replace(/\[\d+\]$/, "")
  return list === name || list === FORM_FIELD ? [name] : [name, list]
}

/** The name without the `[]` that says a field is a list. */
export function baseName(field: string): string {
  return field.endsWith("[]") ? field.slice(0, -2) : field
}
