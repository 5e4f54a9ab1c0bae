import { BackSignal } from "../next/signals.ts"
import { backFieldOf } from "./form-data.ts"
import { formFeedback, type FeedbackOptions } from "./feedback.ts"

export interface BackOptions extends FeedbackOptions {
  /** Where to go when nothing tells which page the form is on. A path of this app; default `/`. */
  fallback?: string
  /** Messages to show beside fields; under `""` those for the form as a whole. */
  errors?: Readonly<Record<string, string | readonly string[]>>
  /** The form as submitted, to give back what was typed. */
  input?: FormData
}

/**
 * Ends the `withSession` callback and returns the person to the page they came from: in place for an
 * action called by the router, otherwise by 303. Source: Laravel's `back()->withErrors()->withInput()`.
 */
export function sendBack({ fallback, errors, input, ...options }: BackOptions): never {
  if (errors === undefined && input === undefined) throw new BackSignal({ fallback })
  const lists = Object.entries(errors ?? {}).map(
    ([field, messages]) => [field, typeof messages === "string" ? [messages] : messages] as const,
  )
  throw new BackSignal({
    fallback,
    feedback: formFeedback(input, lists, options),
    formPage: backFieldOf(input),
  })
}
