import { FORM_FIELD, type FormFeedback } from "./flash.ts"

/** Reads what a form gets back. `Field` are the names it may ask for. */
export interface FormReader<Field extends string = string> {
  /** Names what arrived for this form; `""` when nothing did. */
  feedbackId(): string
  /** Which of several forms on the page it reads; `""` for the only one. */
  readonly bag: string
  /** What the person typed into the field before it was sent back, `""` when nothing. */
  old(field: Field): string
  /**
   * All values typed for a repeated field, none for an unticked one; undefined when it is not known:
   * no form was sent back, or this field was too long.
   */
  oldAll(field: Field): string[] | undefined
  /** The field's first error, `""` when none. Without a field: the first of the form as a whole. */
  error(field?: Field): string
  /** Every message of the field, its list items' included; without a field, of the whole form. */
  errors(field?: Field): string[]
  /** Whether some of what was typed was too long to be given back. */
  wasTrimmed(): boolean
  /** Whether the field, or without a field anything at all, has an error. */
  hasError(field?: Field): boolean
}

/** Feedback and the id of the delivery that brought it. */
export interface ArrivedFeedback {
  readonly id: string
  readonly form: FormFeedback
}

/** @param arrived what arrived for this form, asked for at every read */
export function createFormReader(bag: string, arrived: () => ArrivedFeedback | undefined): FormReader {
  const feedback = () => arrived()?.form
  const errors = (field?: string) =>
    (feedback()?.errors ?? [])
      .filter(([name]) => field === undefined || isSameField(name, field))
      .flatMap(([, messages]) => messages)
  const oldAll = (field: string) => {
    const { old, trimmed } = feedback() ?? {}
    const values = old?.filter(([name]) => baseName(name) === baseName(field)).flatMap(([, typed]) => typed)
    return trimmed && values?.length === 0 ? undefined : values
  }

  return {
    bag,
    feedbackId: () => arrived()?.id ?? "",
    old: (field) => oldAll(field)?.[0] ?? "",
    oldAll,
    error: (field = FORM_FIELD) => errors(field)[0] ?? "",
    errors,
    wasTrimmed: () => feedback()?.trimmed ?? false,
    hasError: (field) => errors(field).length > 0,
  }
}

/** `tags[]` in a form is `tags` in a schema, which reports a wrong item as `tags[2]`. */
function isSameField(reported: string, asked: string): boolean {
  const name = baseName(asked)
  return reported === name || (name !== FORM_FIELD && reported.replace(/\[\d+\]$/, "") === name)
}

function baseName(field: string): string {
  return field.endsWith("[]") ? field.slice(0, -2) : field
}
