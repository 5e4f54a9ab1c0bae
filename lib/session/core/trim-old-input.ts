import type { Delivery, FormFeedback } from "./flash.ts"
import { jsonBytes } from "./json.ts"
import { MAX_OLD_BYTES } from "./limits.ts"

type OldField = NonNullable<FormFeedback["old"]>[number]

/** Keeps what one form gets back of what was typed within `MAX_OLD_BYTES`: the longest fields go first. */
export function fitOldInput(feedback: FormFeedback): {
  readonly feedback: FormFeedback
  /** Names of the fields that are not given back. */
  readonly fields: readonly string[]
} {
  const old = feedback.old ?? []
  const dropped = longest(old, jsonBytes(old) - MAX_OLD_BYTES)
  return { feedback: withoutOld(feedback, dropped), fields: namesOf(dropped) }
}

export interface TrimmedInput {
  readonly pending: ReadonlyMap<string, Delivery>
  /** Names of the fields that are no longer given back. */
  readonly fields: readonly string[]
}

/**
 * Makes room by giving less of what people typed back: the longest fields go first, and each form
 * that lost one says so. When none is left, messages go, the last ones first, but not the first.
 *
 * @param bytes how many bytes the cookie has too many
 * @returns undefined when there is nothing left to trim
 */
export function trimOldInput(
  pending: ReadonlyMap<string, Delivery>,
  bytes: number,
): TrimmedInput | undefined {
  const forms = [...pending.values()].flatMap((delivery) => delivery.forms)
  const old = forms.flatMap((form) => form.old ?? [])
  if (old.length > 0) {
    const dropped = longest(old, Math.max(bytes * JSON_PER_COOKIE_BYTE, jsonBytes(old) * LEAST_SHARE))
    return { pending: mapForms(pending, (form) => withoutOld(form, dropped)), fields: namesOf(dropped) }
  }
  const hasMore = forms.some(({ errors, withheld }) => withheld !== undefined || messageCount(errors) > 1)
  return hasMore ? { pending: mapForms(pending, withFewerMessages), fields: [] } : undefined
}

/** A seal is base64: three bytes of JSON are four of the cookie. */
const JSON_PER_COOKIE_BYTE = 3 / 4

/** Dropped at least in each round, so that a store whose cookie is made otherwise needs few of them too. */
const LEAST_SHARE = 1 / 8

/** The longest fields, until they have so many bytes. */
function longest(old: readonly OldField[], bytes: number): ReadonlySet<OldField> {
  const dropped = new Set<OldField>()
  if (bytes <= 0) return dropped
  const longestFirst = old
    .map((field) => ({ field, size: jsonBytes(field) }))
    .toSorted((a, b) => b.size - a.size)
  let saved = 0
  for (const { field, size } of longestFirst) {
    if (saved >= bytes) break
    dropped.add(field)
    saved += size
  }
  return dropped
}

function namesOf(fields: ReadonlySet<OldField>): string[] {
  return [...fields].map(([name]) => name)
}

function withoutOld(form: FormFeedback, dropped: ReadonlySet<OldField>): FormFeedback {
  const old = form.old?.filter((field) => !dropped.has(field))
  if (old === undefined || old.length === form.old?.length) return form
  // Of a trimmed form nothing is known about fields that are not there: no need to name the secret ones.
  const { withheld: _, ...rest } = form
  return { ...rest, old, trimmed: true }
}

function withFewerMessages(form: FormFeedback): FormFeedback {
  const { withheld: _, ...rest } = form
  const [first, ...more] = form.errors
  if (first === undefined) return rest
  const [field, messages] = first
  const half = Math.ceil(more.length / 2)
  return { ...rest, errors: more.length > 0 ? form.errors.slice(0, half) : [[field, messages.slice(0, 1)]] }
}

function messageCount(errors: FormFeedback["errors"]): number {
  return errors.reduce((sum, [, messages]) => sum + messages.length, 0)
}

function mapForms(
  pending: ReadonlyMap<string, Delivery>,
  change: (form: FormFeedback) => FormFeedback,
): ReadonlyMap<string, Delivery> {
  return new Map(
    [...pending].map(([id, delivery]) => [id, { ...delivery, forms: delivery.forms.map(change) }]),
  )
}
