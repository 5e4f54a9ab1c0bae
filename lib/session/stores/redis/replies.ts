import type { FieldChange } from "./fields"

/**
 * Whether a reply is one that the command can give. Whatever stands before Redis may answer 200 and say
 * anything: taken at its word, "nothing there" would be a person signed out, and "OK" a write that never was.
 */
export type IsReply<Reply> = (reply: unknown) => reply is Reply

/** Of DEL, for one key: how many there were. */
export function isDeleted(reply: unknown): reply is 0 | 1 {
  return reply === 0 || reply === 1
}

/** Of GET for a note: the key of one of our sessions, or null. */
export function isNote(prefix: string): IsReply<string | null> {
  return (reply): reply is string | null =>
    reply === null || (typeof reply === "string" && reply.startsWith(prefix))
}

/** What TAKE answers when there is no session. */
export const NO_SESSION = "none"

/** Of TAKE: fields and values in turn, a line each, the one that says "live" among them; or that there is none. */
export function isHash(reply: unknown): reply is string {
  return typeof reply === "string" && (reply === NO_SESSION || /(^|\n)meta\n/.test(reply))
}

/** Of COMMIT, for this mode and these changes. */
export function isCommitReply(
  mode: "new" | "change" | "wipe",
  changes: readonly FieldChange[],
  prefix: string,
): IsReply<string[]> {
  const names = (verb: FieldChange[0], field: string | undefined) =>
    changes.some((change) => change[0] === verb && change[1] === field)
  const sums = changes.filter(([verb]) => verb === "add").length
  const checks = changes.some(([verb]) => verb === "pull")
  return (reply): reply is string[] => {
    if (!isTexts(reply)) return false
    const [status, ...results] = reply
    const [result] = results
    if (status === "ok") return results.length === sums && results.every(isNumber)
    if (status === "gone") return results.length === 0 && (mode === "change" || checks)
    if (results.length !== 1) return false
    if (status === "moved") return mode === "wipe" && result?.startsWith(prefix) === true
    return (
      (status === "pulled" && names("pull", result)) || (status === "not-a-number" && names("add", result))
    )
  }
}

function isTexts(reply: unknown): reply is string[] {
  return Array.isArray(reply) && reply.every((each) => typeof each === "string")
}

function isNumber(text: string): boolean {
  return text !== "" && Number.isFinite(Number(text))
}
