import { alreadyPulled, notNumber } from "../../core/changes"
import { tagOfSession } from "../../core/random-id"
import type { Committed, SessionCommit } from "../../core/store"
import type { Entries } from "./entries"
import { fieldChanges, keyOfField, pullChecks, setAll, type FieldChange } from "./fields"
import type { Operation } from "./operation"

/**
 * Writes what a request changed, in one step, and only to a session that is still live.
 *
 * @returns undefined when the session has ended meanwhile
 * @throws SessionError `SESSION_ALREADY_PULLED`, `SESSION_VALUE_NOT_NUMBER`, when another request came first
 */
export async function commitEntry(
  entries: Entries,
  operation: Operation,
  { from, id: to, wipe, data, flash, changes, meta }: SessionCommit,
): Promise<Committed | undefined> {
  /** Writes all there is, instead of what changed. */
  const whole = (mode: "new" | "wipe", old: string, more: readonly FieldChange[]) => {
    const all = [...more, ...setAll({ data, flash })]
    return entries.write(operation, { mode, from: old, to, changes: all, flash, meta })
  }
  const create = async () => {
    await whole("new", to, [])
    return { sums: {} }
  }
  if (from === undefined) return create()

  const checks = pullChecks(changes)
  // A sign-out that found no session has an id of another tag, and may not touch both in one script.
  if (wipe && checks.length === 0 && tagOfSession(from) !== tagOfSession(to)) {
    await entries.end(operation, await entries.keyOf(from))
    return create()
  }
  const altered = { changes: [...checks, ...fieldChanges(changes)], flash: changes.flash }
  const [status, ...results] = wipe
    ? await whole("wipe", from, checks)
    : await entries.write(operation, { mode: "change", from, to, meta, ...altered })
  switch (status) {
    case "gone":
      return undefined
    case "moved":
      await entries.end(operation, results[0] ?? "")
      // What was pulled is gone as well.
      return checks.length > 0 ? undefined : create()
    case "pulled":
      throw alreadyPulled(keyOfField(results[0] ?? ""))
    case "not-a-number":
      throw notNumber(keyOfField(results[0] ?? ""))
    default: {
      const keys = wipe ? [] : Object.keys(changes.add)
      return { sums: Object.fromEntries(keys.map((key, at) => [key, Number(results[at])])) }
    }
  }
}
