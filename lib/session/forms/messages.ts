import type { StandardSchemaV1 } from "@standard-schema/spec"
import { jsonBytes } from "../core/json"
import {
  MAX_NAME_STEPS,
  MAX_ERROR_BYTES,
  MAX_ISSUES,
  MAX_MESSAGE_CHARACTERS,
  MAX_MESSAGES_PER_FIELD,
  MAX_NAME_CHARACTERS,
} from "../core/limits"
import { fieldNameOf } from "./field-name"
import { secretRemover } from "./quoted-secrets"

export type FieldMessage = readonly [field: string, message: string]

/** What a schema found, under the names the fields have in the form. */
export function* messagesOf(issues: readonly StandardSchemaV1.Issue[]): Generator<FieldMessage> {
  for (const { path, message } of issues) {
    const steps: PropertyKey[] = []
    // Not map(): ArkType's path is a list of its own, and an empty one comes out of it as [0].
    for (const step of path ?? []) {
      if (steps.push(typeof step === "object" ? step.key : step) === MAX_NAME_STEPS) break
    }
    yield [fieldNameOf(steps), message]
  }
}

/**
 * Collects messages per field, in order, as far as the limits go.
 *
 * @param secrets what was typed into secret fields: a message that quotes one ends before it
 */
export function collectMessages(
  messages: Iterable<FieldMessage>,
  secrets: readonly string[],
): [field: string, messages: string[]][] {
  const fields = new Map<string, string[]>()
  const withoutSecrets = secretRemover(secrets)
  let looked = 0
  let bytesLeft = MAX_ERROR_BYTES
  for (const [field, message] of messages) {
    looked += 1
    if (looked > MAX_ISSUES) break
    const name = field.slice(0, MAX_NAME_CHARACTERS)
    const kept = fields.get(name) ?? []
    if (kept.length >= MAX_MESSAGES_PER_FIELD) continue
    const text = shortened(withoutSecrets(message.slice(0, 2 * MAX_MESSAGE_CHARACTERS)))
    bytesLeft -= jsonBytes([name, [text]]) + 1
    if (bytesLeft < 0) break
    kept.push(text)
    fields.set(name, kept)
  }
  return [...fields]
}

function shortened(message: string): string {
  return message.length > MAX_MESSAGE_CHARACTERS ? `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…` : message
}
