import { DEFAULT_BAG, type FormFeedback } from "../core/flash.ts"
import { typedText } from "./form-data.ts"
import { isSecretField } from "./secret-fields.ts"

export interface FeedbackOptions {
  /** Fields never given back, besides those whose name says secret. */
  secretFields?: readonly string[]
  /** Which of several forms on the page this is; read it back with `session.form(bag)`. */
  bag?: string
}

/**
 * What a form gets back.
 *
 * @param input the form as submitted; its text is given back, secrets and files are not
 * @param errors every message per field
 */
export function formFeedback(
  input: unknown,
  errors: readonly (readonly [field: string, messages: readonly string[]])[],
  options: FeedbackOptions,
): FormFeedback {
  const isSecret = (name: string) => isSecretField(name, options.secretFields)
  const feedback = { bag: options.bag ?? DEFAULT_BAG, errors }
  return input instanceof FormData ? { ...feedback, old: typedText(input, isSecret) } : feedback
}
