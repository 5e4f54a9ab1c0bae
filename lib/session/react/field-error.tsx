import type { JSX } from "react"
import type { FormReader } from "../core/form-reader.ts"
import { errorId } from "../forms/field.ts"

interface FieldErrorProps<Field extends string> {
  /** The session, or one of its forms. */
  form: FormReader<Field>
  name: Field
}

/** The messages of one field, beside which it stands; nothing when the field is fine. */
export function FieldError<Field extends string>({ form, name }: FieldErrorProps<Field>): JSX.Element | null {
  const messages = form.errors(name)
  if (messages.length === 0) return null
  return (
    <p id={errorId(form, name)} className="field-error">
      {messages.join(" ")}
    </p>
  )
}
