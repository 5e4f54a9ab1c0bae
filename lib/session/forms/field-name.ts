import { MAX_NAME_STEPS, MAX_EMPTY_PLACES, MAX_INDEX } from "../core/limits"

/** One step into a form value: a property, a list index, or "one more item" (`[]`). */
type Step = string | number | typeof APPEND

const APPEND = Symbol("append")

/**
 * Reads the notation of nested field names: `address.street`, `items[0].name`, `tags[]`.
 *
 * @returns undefined for a name that does not follow it
 */
export function parseFieldName(name: string): Step[] | undefined {
  const match = /^([^.[\]]+)((?:\.[^.[\]]+|\[\d*\])*)$/.exec(name)
  if (match?.[1] === undefined) return undefined
  const rest = [...(match[2] ?? "").matchAll(/\.([^.[\]]+)|\[(\d*)\]/g)]
  return [match[1], ...rest.map(([, property, index]) => property ?? (index === "" ? APPEND : Number(index)))]
}

function goesTooFar(steps: readonly Step[]): boolean {
  return steps.length > MAX_NAME_STEPS || steps.some((step) => typeof step === "number" && step > MAX_INDEX)
}

/** The field name for a path into the parsed value: the inverse of `parseFieldName`. */
export function fieldNameOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`,
    )
    .join("")
}

/** How many empty places the lists of one value may still have. */
export interface EmptyPlaces {
  left: number
}

/**
 * Puts `value` where `name` says; a name that is no such notation is a property's. Properties are
 * defined, never assigned, so that `__proto__` is plain data; a name that clashes with the shape already
 * there is ignored.
 *
 * @param value undefined makes only the objects and lists on the way
 * @returns false when the name goes beyond the limits (`items[1000000000]`)
 */
export function setField(
  target: object,
  name: string,
  value: unknown,
  places: EmptyPlaces = { left: MAX_EMPTY_PLACES },
): boolean {
  const steps = parseFieldName(name) ?? [name]
  if (goesTooFar(steps)) return false
  let place: object = target
  for (const [depth, step] of steps.slice(0, -1).entries()) {
    const known = read(place, step)
    const container = known ?? (typeof steps[depth + 1] === "string" ? {} : [])
    if (!isContainer(container)) return true
    if (known === undefined && !write(place, step, container, places)) return false
    place = container
  }
  return write(place, steps[steps.length - 1] as Step, value, places)
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

/** @returns false when there are no places left for the gap it would make */
function write(place: object, step: Step, value: unknown, places: EmptyPlaces): boolean {
  if (value === undefined || Array.isArray(place) !== (typeof step !== "string")) return true
  const key = step === APPEND ? (place as unknown[]).length : step
  if (Object.hasOwn(place, key)) return true
  if (typeof key === "number") {
    const gap = key - (place as unknown[]).length
    if (gap > places.left) return false
    places.left -= Math.max(0, gap)
  }
  Object.defineProperty(place, key, { value, writable: true, enumerable: true, configurable: true })
  return true
}
