/** One step into a form value: a property, a list index, or "one more item" (`[]`). */
type Step = string | number | typeof APPEND

const APPEND = Symbol("append")

/** A list longer than this is not something a person filled in. */
const MAX_INDEX = 999
const MAX_DEPTH = 12

/**
 * Reads the notation of nested field names: `address.street`, `items[0].name`, `tags[]`.
 *
 * @returns undefined for a name that does not follow it or goes too far (`items[1000000000]`)
 */
export function parseFieldName(name: string): Step[] | undefined {
  const match = /^([^.[\]]+)((?:\.[^.[\]]+|\[\d*\])*)$/.exec(name)
  if (match?.[1] === undefined) return undefined
  const rest = [...(match[2] ?? "").matchAll(/\.([^.[\]]+)|\[(\d*)\]/g)]
  const steps: Step[] = [match[1]]
  for (const [, property, index] of rest) {
    if (property !== undefined) steps.push(property)
    else if (index === "") steps.push(APPEND)
    else if (Number(index) <= MAX_INDEX) steps.push(Number(index))
    else return undefined
  }
  return steps.length <= MAX_DEPTH ? steps : undefined
}

/** The field name for a path into the parsed value: the inverse of `parseFieldName`. */
export function fieldNameOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`,
    )
    .join("")
}

/**
 * Puts `value` where `name` says. Properties are defined, never assigned, so that `__proto__` is
 * plain data; a name that clashes with the shape already there is ignored.
 */
export function setField(target: object, name: string, value: unknown): void {
  const steps = parseFieldName(name) ?? [name]
  let place: object = target
  for (const [depth, step] of steps.slice(0, -1).entries()) {
    const container = read(place, step) ?? (typeof steps[depth + 1] === "string" ? {} : [])
    if (!isContainer(container)) return
    write(place, step, container)
    place = container
  }
  write(place, steps[steps.length - 1] as Step, value)
}

/** Made here, as opposed to what the form sent: a field `avatar.size` must not change the file `avatar`. */
function isContainer(value: unknown): value is object {
  return (
    Array.isArray(value) || (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
  )
}

function read(place: object, step: Step): unknown {
  if (step === APPEND) return undefined
  return Object.hasOwn(place, step) ? (place as Record<string | number, unknown>)[step] : undefined
}

function write(place: object, step: Step, value: unknown): void {
  if (Array.isArray(place) !== (typeof step !== "string")) return
  const key = step === APPEND ? (place as unknown[]).length : step
  if (Object.hasOwn(place, key)) return
  Object.defineProperty(place, key, { value, writable: true, enumerable: true, configurable: true })
}
