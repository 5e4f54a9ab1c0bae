import type { JSX } from "react"
import type { FormReader } from "../core/form-reader"
import { errorId } from "../forms/field"

interface FieldErrorProps<Field extends string> {
  /** The session, or one of its forms. */
  form: FormReader<Field>
  name: NoInfer<Field>
  /** Said when something was typed there that is not given back, and nothing is wrong with it. */
  withheldMessage?: string
}

/**
 * The messages of one field, beside which it stands; nothing when the field is fine. A field that is not
 * given back what was typed shows what the page gives it, and the next submit sends that: so it says so.
 */
export function FieldError<Field extends string>({
  form,
  name,
  withheldMessage = "This was not filled in again. Please enter it once more.",
}: FieldErrorProps<Field>): JSX.Element | null {
  const withheld = form.wasWithheld(name) && withheldMessage !== "" ? [withheldMessage] : []
  const messages = form.hasError(name) ? form.errors(name) : withheld
  if (messages.length === 0) return null
  return (
    <p id={errorId(form, name)} className="field-error">
      {messages.join(" ")}
    </p>
  )
}
