/** What a field may hold: a list is a field that is sent once per item. */
export type FieldValue = string | Blob | readonly (string | Blob)[]

/** A form as a browser sends it, from its fields: `formData({ title: "Tea", "tags[]": ["hot", "green"] })`. */
export function formData(fields: Readonly<Record<string, FieldValue>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    const values = Array.isArray(value) ? (value as (string | Blob)[]) : [value as string | Blob]
    for (const item of values) form.append(name, item)
  }
  return form
}
