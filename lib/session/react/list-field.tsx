import type { JSX } from "react"
import type { FormReader } from "../core/form-reader"
import { LIST_FIELD } from "../core/wire-names"

interface ListFieldProps<Field extends string> {
  /** The session, or one of its forms. */
  form: FormReader<Field>
  /** The name of the list's fields, such as `topics[]`. */
  name: NoInfer<Field>
}

/**
 * A hidden field that stands beside checkboxes of one list: with none of them ticked, the schema gets
 * `[]` instead of nothing, and can say what is missing.
 */
export function ListField<Field extends string>({ name }: ListFieldProps<Field>): JSX.Element {
  return <input type="hidden" name={LIST_FIELD} value={name} />
}
