import { misused } from "./misused"
import type { SessionError } from "../core/errors"

/** What a field may hold: a list is a field that is sent once per item. */
export type FieldValue = string | Blob | readonly (string | Blob)[]

/**
 * A form as a browser sends it, from its fields: `formData({ title: "Tea", "tags[]": ["hot", "green"] })`.
 *
 * @throws SessionError `SESSION_TEST_MISUSED` for a value no browser sends
 */
export function formData(fields: Readonly<Record<string, FieldValue>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    const values = Array.isArray(value) ? (value as (string | Blob)[]) : [value as string | Blob]
    for (const item of values) {
      if (typeof item !== "string" && !(item instanceof Blob)) throw noField(name)
      form.append(name, item)
    }
  }
  return form
}

function noField(name: string): SessionError {
  return misused(
    `formData({ "${name}": … }) takes what a form's field holds: text, a file, or a list of them. Write a number ` +
      `as text, and leave a field out that is not sent.`,
  )
}
