import { oldestFirst, type Delivery, type FormFeedback } from "./flash"
import { jsonBytes } from "./json"
import { MAX_ERROR_BYTES, MAX_OLD_BYTES } from "./limits"
import { forgotten } from "./trim-old-input"

export interface BoundFeedback {
  readonly waiting: ReadonlyMap<string, Delivery>
  /** Names of the fields that are no longer given back. */
  readonly fields: readonly string[]
}

/**
 * Keeps what waits for all forms of a session together within what one of them may have, so that it does not
 * grow with each form somebody sends and never comes back for. The one sent last keeps what it has; of those
 * before it what was typed goes first, then all messages but the first.
 */
export function boundFeedback(waiting: ReadonlyMap<string, Delivery>): BoundFeedback {
  const fields: string[] = []
  let oldBytes = 0
  let errorBytes = 0
  const bounded = (form: FormFeedback): FormFeedback => {
    let kept = form
    const old = jsonBytes([form.old ?? [], form.withheld ?? []])
    if (oldBytes > 0 && oldBytes + old > MAX_OLD_BYTES && form.old !== undefined) {
      fields.push(...form.old.map(([name]) => name))
      kept = forgotten(kept)
    } else oldBytes += old
    const errors = jsonBytes(form.errors)
    if (errorBytes > 0 && errorBytes + errors > MAX_ERROR_BYTES) kept = withFirstMessage(kept)
    else errorBytes += errors
    return kept
  }
  const changed = new Map<string, Delivery>()
  for (const [id, delivery] of oldestFirst([...waiting]).toReversed()) {
    const forms = delivery.forms.toReversed().map(bounded).toReversed()
    // Those that stay as they are stay the same objects: a commit sends what differs.
    if (forms.some((form, at) => form !== delivery.forms[at])) changed.set(id, { ...delivery, forms })
  }
  if (changed.size === 0) return { waiting, fields }
  return { waiting: new Map([...waiting].map(([id, delivery]) => [id, changed.get(id) ?? delivery])), fields }
}

function withFirstMessage(form: FormFeedback): FormFeedback {
  const [first, ...more] = form.errors
  if (first === undefined || (more.length === 0 && first[1].length <= 1)) return form
  return { ...form, errors: [[first[0], first[1].slice(0, 1)]] }
}
