import { BackSignal } from "./back-signal"
import { formFeedback, type FeedbackOptions, type Report } from "./feedback"
import { backFieldOf } from "./form-data"
import type { FieldMessage } from "./messages"
import { readForm } from "./read-form"
import { readable } from "./secret-fields"

export interface BackOptions extends FeedbackOptions {
  /** Where to go when nothing tells which page the form is on. A path of this app; default `/`. */
  fallback?: string
  /** Messages to show beside fields; under `""` those for the form as a whole. */
  errors?: Readonly<Record<string, string | readonly string[]>>
  /** The form as submitted, to give back what was typed. */
  input?: FormData
  /** The form as submitted, which says by its `<BackField />` which page it is on, when nothing is to be given back. */
  form?: FormData
}

/**
 * Ends the `withSession` callback and returns the person to the page they came from: in place for an
 * action called by the router, otherwise by 303. Source: Laravel's `back()->withErrors()->withInput()`.
 *
 * @param report told of what was typed and is too long to be given back
 * @throws the signal, or SessionError `SESSION_OPTIONS_INVALID` when `secretFields` lists what names cannot be
 *   compared with
 */
export function sendBack(
  { fallback, errors, input, form: sent, ...options }: BackOptions,
  report: Report = () => {},
): never {
  readable(options.secretFields ?? [])
  if (errors === undefined && input === undefined)
    throw new BackSignal({ fallback, formPage: backFieldOf(sent) })
  const messages = Object.entries(errors ?? {}).flatMap(([field, texts]) =>
    [texts].flat().map((text): FieldMessage => [field, text]),
  )
  const form = input && readForm(input)
  throw new BackSignal({
    fallback,
    feedback: formFeedback(form, messages, options, report),
    formPage: backFieldOf(input ?? sent),
  })
}
