import { BACK_FIELD } from "./back-field-name.ts"
import { setField } from "./field-name.ts"

/** The form's own fields: without those React adds to find the action again, and without ours. */
function ownEntries(form: FormData): [string, FormDataEntryValue][] {
  return [...form].filter(([name]) => !name.startsWith("$ACTION_") && name !== BACK_FIELD)
}

/** The page the form says it is on; not to be trusted. */
export function backFieldOf(input: unknown): string | undefined {
  const value = input instanceof FormData ? input.get(BACK_FIELD) : null
  return typeof value === "string" ? value : undefined
}

/**
 * The value a schema validates: nested names become objects and lists, a name sent several times
 * becomes a list, and `tags[]` is a list however often it was sent.
 */
export function formToObject(form: FormData): Record<string, unknown> {
  const values = new Map<string, FormDataEntryValue[]>()
  for (const [name, value] of ownEntries(form)) values.set(name, [...(values.get(name) ?? []), value])

  const result: Record<string, unknown> = {}
  for (const [name, all] of values) {
    if (name.endsWith("[]")) for (const value of all) setField(result, name, value)
    else setField(result, name, all.length === 1 ? all[0] : all)
  }
  return result
}

/** The text a person typed, per field as named in the form: no files, no secrets. */
export function typedText(form: FormData, isSecret: (name: string) => boolean): [string, string[]][] {
  const typed = new Map<string, string[]>()
  for (const [name, value] of ownEntries(form)) {
    if (typeof value !== "string" || isSecret(name)) continue
    typed.set(name, [...(typed.get(name) ?? []), value])
  }
  return [...typed]
}
