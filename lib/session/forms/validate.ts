import type { StandardSchemaV1 } from "@standard-schema/spec"
import { FORM_FIELD } from "../core/flash"
import { BackSignal } from "./back-signal"
import { formFeedback, type FeedbackOptions, type Report } from "./feedback"
import { backFieldOf, formToObject, type Blank } from "./form-data"
import { messagesOf, type FieldMessage } from "./messages"
import { readForm } from "./read-form"
import { readable } from "./secret-fields"

export interface ValidateOptions extends FeedbackOptions {
  /** Where to go when nothing tells which page the form is on. A path of this app; default `/`. */
  fallback?: string
  /**
   * What a text field left blank is to the schema. `"text"`, the default: the `""` that HTML sends.
   * `"undefined"`: not there, as `optional()` wants it. In a list it is `""` either way.
   */
  blank?: Blank
  /** Said for the form as a whole when it is larger than the limits (docs/forms.md). */
  tooLargeMessage?: string
}

/**
 * Validates a submitted form, or a JSON body, with any Standard Schema (standardschema.dev).
 *
 * @param report told when a form goes past a limit or is too long to be given back
 * @returns the schema's output
 * @throws a signal that ends the `withSession` callback when the input is wrong: the person is sent
 *   back to the form with every message and, but for secrets and files, what they typed; a client
 *   that asked a route handler for JSON gets 422 `{ errors: [{ field, messages }] }`. A form past a
 *   limit is sent back in the same way, and the schema is not asked. SessionError `SESSION_OPTIONS_INVALID`
 *   when `secretFields` lists what names cannot be compared with, whether the input is right or wrong
 */
export async function validateInput<Schema extends StandardSchemaV1>(
  schema: Schema,
  input: FormData | object,
  options: ValidateOptions,
  report: Report = () => {},
): Promise<StandardSchemaV1.InferOutput<Schema>> {
  const { fallback, blank, tooLargeMessage = TOO_LARGE, ...feedbackOptions } = options
  readable(options.secretFields ?? [])
  const form = input instanceof FormData ? readForm(input) : undefined
  const sendBack = (messages: Iterable<FieldMessage>) => {
    const feedback = formFeedback(form, messages, feedbackOptions, report)
    return new BackSignal({ fallback, feedback, formPage: backFieldOf(input) })
  }

  const value = form === undefined ? input : form.pastLimit ? undefined : formToObject(form, blank)
  if (value === undefined) {
    report({ type: "form-too-large", limit: form?.pastLimit ?? "nesting" })
    throw sendBack([[FORM_FIELD, tooLargeMessage]])
  }
  const result = await schema["~standard"].validate(value)
  if (result.issues === undefined) return result.value
  throw sendBack(messagesOf(result.issues))
}

const TOO_LARGE = "This form holds more than can be sent at once, so nothing of it was used. Send less."
