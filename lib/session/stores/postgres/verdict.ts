import type { SessionChanges } from "../../core/changes"
import { isJsonObject } from "../../core/json"
import { unexpected } from "./ask"
import { PostgresFailure } from "./failure"
import { objectIn } from "./record"

/** What a commit came to. */
export type Verdict =
  | { readonly status: "ok"; readonly sums: Readonly<Record<string, number>> }
  | { readonly status: "gone" }
  /** Another request came first: at this key. */
  | { readonly status: "pulled" | "not-a-number"; readonly key: string }

/**
 * Reads what a commit's statement answers.
 *
 * @param changes what it was asked to do: no other key and no other sum can be in its answer
 * @throws PostgresFailure when it is no such answer, or not known whether the commit was carried out
 */
export function readVerdict(answer: string | undefined, { add, pulled = {} }: SessionChanges): Verdict {
  const { status, sums = {}, key } = objectIn(answer ?? "")
  const name = typeof key === "string" ? key : ""
  switch (status) {
    case "ok": {
      const keys = Object.keys(add)
      if (!isJsonObject(sums) || Object.keys(sums).length !== keys.length) break
      const each = keys.map((of) => [of, Object.hasOwn(sums, of) ? sums[of] : undefined] as const)
      if (each.every((pair): pair is [string, number] => Number.isFinite(pair[1]))) {
        return { status, sums: Object.fromEntries(each) }
      }
      break
    }
    case "gone":
      return { status }
    case "pulled":
      if (Object.hasOwn(pulled, name)) return { status, key: name }
      break
    case "not-a-number":
      if (Object.hasOwn(add, name)) return { status, key: name }
      break
    case "unknown":
      // Of a SQLSTATE of its own: asking again would not tell.
      throw new PostgresFailure("too many commits at once to tell whether this one was carried out", "40003")
  }
  throw unexpected()
}
