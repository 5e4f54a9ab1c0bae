import { inputTrimmed, type SessionEvent } from "../core/events"
import { DEFAULT_BAG, type FormFeedback } from "../core/flash"
import { MAX_SECRET_FIELDS } from "../core/limits"
import { fitOldInput } from "../core/trim-old-input"
import { textOf } from "./form-data"
import { collectMessages, type FieldMessage } from "./messages"
import type { SubmittedForm } from "./read-form"
import { secretRule, type SecretOptions } from "./secret-fields"

export interface FeedbackOptions extends SecretOptions {
  /** Which of several forms on the page this is; read it back with `session.form(bag)`. */
  bag?: string
}

export type Report = (event: SessionEvent) => void

/**
 * What a form gets back.
 *
 * @param form as submitted; its text is given back, secrets and files are not
 * @param messages what is wrong, each with its field
 * @param report told of fields that are too long to be given back
 */
export function formFeedback(
  form: SubmittedForm | undefined,
  messages: Iterable<FieldMessage>,
  options: FeedbackOptions,
  report: Report,
): FormFeedback {
  const bag = options.bag ?? DEFAULT_BAG
  if (form === undefined) return { bag, errors: collectMessages(messages, []) }

  const { open, secret } = bySecrecy(textOf(form), options)
  const errors = collectMessages(
    messages,
    secret.slice(0, MAX_SECRET_FIELDS).flatMap(([, texts]) => texts),
  )
  const withheld = [...secret.map(([name]) => name), ...form.incomplete]
  const { feedback, fields } = fitOldInput({
    bag,
    errors,
    old: open,
    ...(withheld.length > 0 && { withheld }),
    ...(form.pastLimit !== undefined && { trimmed: true }),
    ...(form.pastLimit === "fields" && { unread: true }),
  })
  if (fields.length > 0) report(inputTrimmed(fields))
  return feedback
}

/** A secret field that was left blank is no secret, and stays blank. */
function bySecrecy(typed: readonly [name: string, texts: string[]][], options: SecretOptions) {
  const isSecret = secretRule(options)
  const open: [string, string[]][] = []
  const secret: [string, string[]][] = []
  for (const field of typed) {
    const [name, texts] = field
    const isBlank = texts.every((text) => text === "")
    if (!isBlank && isSecret(name)) secret.push(field)
    else open.push(field)
  }
  return { open, secret }
}
