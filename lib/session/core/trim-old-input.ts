import type { Delivery, FormFeedback } from "./flash"
import { jsonBytes } from "./json"
import { MAX_OLD_BYTES } from "./limits"

type OldField = NonNullable<FormFeedback["old"]>[number]

/**
 * Keeps what one form gets back of what was typed within `MAX_OLD_BYTES`: the longest fields go first. Their
 * names stay, so that no other field is taken for one of them.
 */
export function fitOldInput(feedback: FormFeedback): {
  readonly feedback: FormFeedback
  /** Names of the fields that are not given back. */
  readonly fields: readonly string[]
} {
  const bytes = jsonBytes(feedback.old ?? []) + jsonBytes(feedback.withheld ?? []) - MAX_OLD_BYTES
  if (bytes <= 0) return { feedback, fields: [] }
  const { trim, fields } = trimmer([feedback], bytes)
  return { feedback: trim(feedback), fields }
}

export interface TrimmedInput {
  readonly waiting: ReadonlyMap<string, Delivery>
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
  waiting: ReadonlyMap<string, Delivery>,
  bytes: number,
): TrimmedInput | undefined {
  const forms = [...waiting.values()].flatMap((delivery) => delivery.forms)
  if (forms.some(holdsInput)) {
    const least = LEAST_SHARE * jsonBytes(forms.flatMap(({ old = [] }) => old))
    const { trim, fields } = trimmer(forms, Math.max(bytes * JSON_PER_COOKIE_BYTE, least))
    return { waiting: mapForms(waiting, trim), fields }
  }
  const hasMore = forms.some(({ errors }) => messageCount(errors) > 1)
  return hasMore ? { waiting: mapForms(waiting, withFewerMessages), fields: [] } : undefined
}

/** A seal is base64: three bytes of JSON are four of the cookie. */
const JSON_PER_COOKIE_BYTE = 3 / 4

/** Dropped at least in each round, so that a store whose cookie is made otherwise needs few of them too. */
const LEAST_SHARE = 1 / 8

/**
 * What makes so many bytes of room in forms. Where the names of what was dropped would take it up again,
 * nothing typed is given back at all: a box that was unticked must not come back ticked among fields that
 * hold what was typed.
 */
function trimmer(forms: readonly FormFeedback[], bytes: number) {
  const old = forms.flatMap((form) => form.old ?? [])
  const dropped = longest(old, bytes)
  return {
    trim: (form: FormFeedback) => (dropped === undefined ? forgotten(form) : withoutOld(form, dropped)),
    fields: [...(dropped ?? old)].map(([name]) => name),
  }
}

/** The longest fields, until their text has so many bytes; undefined when all of it has not. */
function longest(old: readonly OldField[], bytes: number): ReadonlySet<OldField> | undefined {
  const longestFirst = old
    .map((field) => ({ field, size: jsonBytes(field) - jsonBytes(field[0]) }))
    .toSorted((a, b) => b.size - a.size)
  const dropped = new Set<OldField>()
  let saved = 0
  for (const { field, size } of longestFirst) {
    if (saved >= bytes) break
    dropped.add(field)
    saved += size
  }
  return saved >= bytes ? dropped : undefined
}

function withoutOld(form: FormFeedback, dropped: ReadonlySet<OldField>): FormFeedback {
  const old = form.old?.filter((field) => !dropped.has(field))
  if (old === undefined || old.length === form.old?.length) return form
  const names = (form.old ?? []).filter((field) => dropped.has(field)).map(([name]) => name)
  return { ...form, old, withheld: [...(form.withheld ?? []), ...names], trimmed: true }
}

/** A form that gets nothing back of what was typed: without `old`, nothing at all is known of what was sent. */
export function forgotten(form: FormFeedback): FormFeedback {
  if (!holdsInput(form)) return form
  const { bag, unread, errors } = form
  return { bag, ...(unread !== undefined && { unread }), errors, trimmed: true }
}

function holdsInput({ old = [], withheld = [] }: FormFeedback): boolean {
  return old.length > 0 || withheld.length > 0
}

function withFewerMessages(form: FormFeedback): FormFeedback {
  const [first, ...more] = form.errors
  if (first === undefined) return form
  const [field, messages] = first
  const half = Math.ceil(more.length / 2)
  return { ...form, errors: more.length > 0 ? form.errors.slice(0, half) : [[field, messages.slice(0, 1)]] }
}

function messageCount(errors: FormFeedback["errors"]): number {
  return errors.reduce((sum, [, messages]) => sum + messages.length, 0)
}

function mapForms(
  waiting: ReadonlyMap<string, Delivery>,
  change: (form: FormFeedback) => FormFeedback,
): ReadonlyMap<string, Delivery> {
  return new Map(
    [...waiting].map(([id, delivery]) => [id, { ...delivery, forms: delivery.forms.map(change) }]),
  )
}
