import type { JSX } from "react"
import type { FormReader } from "../core/form-reader"
import { FocusFirstInvalid } from "./focus-first-invalid"

interface FormErrorProps {
  /** The session, or one of its forms. */
  form: Pick<FormReader, "error" | "feedbackId" | "hasError" | "wasTrimmed">
  /** Said when some of what was typed was too long to be given back. */
  trimmedMessage?: string
}

/**
 * Stands first in a form: shows the messages of the form as a whole and, when the form came back with
 * errors, moves the focus to the first field that has one.
 */
export function FormError({
  form,
  trimmedMessage = "Some of what you typed was too long to be given back. Please enter it again.",
}: FormErrorProps): JSX.Element | null {
  if (!form.hasError() && !form.wasTrimmed()) return null
  const message = [form.error(), form.wasTrimmed() ? trimmedMessage : ""].filter(Boolean).join(" ")
  return (
    <>
      {message !== "" && (
        <p role="alert" className="field-error">
          {message}
        </p>
      )}
      <FocusFirstInvalid feedbackId={form.feedbackId()} />
    </>
  )
}
