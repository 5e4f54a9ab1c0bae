import type { StandardSchemaV1 } from "@standard-schema/spec"
import { BackSignal } from "../next/signals.ts"
import { formFeedback, type FeedbackOptions } from "./feedback.ts"
import { fieldNameOf } from "./field-name.ts"
import { backFieldOf, formToObject } from "./form-data.ts"

export interface ValidateOptions extends FeedbackOptions {
  /** Where to go when nothing tells which page the form is on. A path of this app; default `/`. */
  fallback?: string
}

/**
 * Validates a submitted form, or a JSON body, with any Standard Schema (standardschema.dev).
 *
 * @returns the schema's output
 * @throws a signal that ends the `withSession` callback when the input is wrong: the person is sent
 *   back to the form with every message and, but for secrets and files, what they typed; a client
 *   that asked a route handler for JSON gets 422 `{ errors: [{ field, messages }] }`
 */
export async function validateInput<Schema extends StandardSchemaV1>(
  schema: Schema,
  input: FormData | object,
  { fallback, ...options }: ValidateOptions,
): Promise<StandardSchemaV1.InferOutput<Schema>> {
  const result = await schema["~standard"].validate(input instanceof FormData ? formToObject(input) : input)
  if (result.issues === undefined) return result.value
  const feedback = formFeedback(input, messagesPerField(result.issues), options)
  throw new BackSignal({ fallback, feedback, formPage: backFieldOf(input) })
}

function messagesPerField(issues: readonly StandardSchemaV1.Issue[]): [string, string[]][] {
  const messages = new Map<string, string[]>()
  for (const issue of issues) {
    const path = (issue.path ?? []).map((step) => (typeof step === "object" ? step.key : step))
    const field = fieldNameOf(path)
    messages.set(field, [...(messages.get(field) ?? []), issue.message])
  }
  return [...messages]
}
