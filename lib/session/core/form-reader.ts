import { baseName, indexOf } from "./feedback-index"
import { FORM_FIELD, type FormFeedback } from "./flash"

/** Reads what a form gets back. `Field` are the names it may ask for. */
export interface FormReader<Field extends string = string> {
  /** Names what arrived for this form; `""` when nothing did. */
  feedbackId(): string
  /** Which of several forms on the page it reads; `""` for the only one. */
  readonly bag: string
  /** What the person typed into the field before it was sent back, `""` when nothing. */
  old(field: Field): string
  /**
   * All values typed for a repeated field, none for one that was not sent: unticked, disabled, not in the
   * form. Undefined when it is not known: no form was sent back, or the field was withheld.
   */
  oldAll(field: Field): string[] | undefined
  /** The field's first error, `""` when none. Without a field: the first of the form as a whole. */
  error(field?: Field): string
  /** Every message of the field, its list items' included; without a field, of the whole form. */
  errors(field?: Field): string[]
  /** Whether something was typed or ticked in the field and is not given back: it is secret, or too long. */
  wasWithheld(field: Field): boolean
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
  const errors = (field?: string) => {
    const form = feedback()
    if (form === undefined) return []
    if (field === undefined) return form.errors.flatMap(([, messages]) => messages)
    return [...(indexOf(form).errors.get(baseName(field)) ?? [])]
  }
  const oldAll = (field: string) => {
    const form = feedback()
    if (form?.old === undefined) return undefined
    const { old, withheld } = indexOf(form)
    const values = old.get(baseName(field))
    if (values !== undefined) return [...values]
    return form.unread || withheld.has(baseName(field)) ? undefined : []
  }

  return {
    bag,
    feedbackId: () => arrived()?.id ?? "",
    old: (field) => oldAll(field)?.[0] ?? "",
    oldAll,
    error: (field = FORM_FIELD) => errors(field)[0] ?? "",
    errors,
    wasWithheld(field) {
      const form = feedback()
      return form !== undefined && indexOf(form).withheld.has(baseName(field))
    },
    wasTrimmed: () => feedback()?.trimmed ?? false,
    hasError: (field) => errors(field).length > 0,
  }
}
