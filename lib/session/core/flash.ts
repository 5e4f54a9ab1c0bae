import { isJsonObject, type Json, type JsonObject } from "./json"

/** The field name under which messages for the form as a whole are kept. */
export const FORM_FIELD = ""

/** The bag of a page's only form. */
export const DEFAULT_BAG = ""

/** What one form gets back after a failed submission. */
export interface FormFeedback {
  /** Which form on the page it belongs to. */
  readonly bag: string
  /** What the person typed, per field, in the order sent; absent when it is not given back. */
  readonly old?: readonly (readonly [field: string, values: readonly string[]])[]
  /** Names of fields that were sent and are not given back: secret, too long, not read to their end. */
  readonly withheld?: readonly string[]
  /** Whether the form went on where it was read no more: nothing is known of fields that are not here. */
  readonly unread?: boolean
  /** Whether some of what was typed was too long to be given back. */
  readonly trimmed?: boolean
  /** Every message per field; `FORM_FIELD` holds those of the form as a whole. */
  readonly errors: readonly (readonly [field: string, messages: readonly string[]])[]
}

/** What was flashed: the application's own messages, and feedback for its forms. */
export interface FlashContent {
  /** Pairs, not a map: the same key flashed twice is two messages. */
  readonly messages: readonly (readonly [key: string, value: Json])[]
  readonly forms: readonly FormFeedback[]
}

/** Flash written in a request, before it is known where its response leads. */
export interface WrittenFlash {
  readonly content: FlashContent
  /** A path chosen by hand; otherwise the outcome of the request decides. */
  readonly to?: string
  /** Only for the page this very response renders; dropped when it renders none. */
  readonly onlyNow?: boolean
}

/** Flash on its way to the person it was written for. */
export interface Delivery extends FlashContent {
  /** The path it is addressed to, or `ANYWHERE`. */
  readonly to: string
  /** Unix time in seconds after which nobody gets it. */
  readonly expiresAt: number
  /** Its place among those of the same second, for a store need not keep their order. */
  readonly sequence?: number
}

/** Numbers a delivery that is written in the same second as earlier ones. */
export function numbered(delivery: Delivery, earlier: readonly Delivery[]): Delivery {
  const same = earlier.filter(({ expiresAt }) => expiresAt === delivery.expiresAt)
  if (same.length === 0) return delivery
  return { ...delivery, sequence: 1 + Math.max(...same.map(({ sequence = 0 }) => sequence)) }
}

type DeliveryEntry = readonly [id: string, delivery: Delivery]

/** Deliveries in the order they were written in. */
export function oldestFirst(deliveries: readonly DeliveryEntry[]): DeliveryEntry[] {
  return deliveries.toSorted(
    ([, a], [, b]) => a.expiresAt - b.expiresAt || (a.sequence ?? 0) - (b.sequence ?? 0),
  )
}

/** Addressed to whichever page the person opens next. */
export const ANYWHERE = "*"

export const noFlash: FlashContent = { messages: [], forms: [] }

export function isEmptyFlash(content: FlashContent): boolean {
  return content.messages.length === 0 && content.forms.length === 0
}

/** Joins several contents; of two feedbacks for one form the later one wins. */
export function mergeFlash(contents: readonly FlashContent[]): FlashContent {
  const forms = new Map(contents.flatMap((content) => content.forms).map((form) => [form.bag, form]))
  return { messages: contents.flatMap((content) => content.messages), forms: [...forms.values()] }
}

/** The form a store keeps: plain JSON, one entry per delivery id. */
export function deliveriesToJson(deliveries: ReadonlyMap<string, Delivery>): JsonObject {
  return Object.fromEntries(deliveries) as unknown as JsonObject
}

/** Reads what `deliveriesToJson` made. Entries of any other shape are left out. */
export function deliveriesFromJson(flash: JsonObject): Map<string, Delivery> {
  return new Map(Object.entries(flash).filter((entry): entry is [string, never] => isDelivery(entry[1])))
}

function isDelivery(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { to, expiresAt, messages, forms } = value
  return (
    typeof to === "string" &&
    typeof expiresAt === "number" &&
    isListOf(messages, isPair) &&
    isListOf(forms, isFormFeedback)
  )
}

function isFormFeedback(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { bag, old, withheld, errors } = value
  return (
    typeof bag === "string" &&
    (old === undefined || isListOf(old, isFieldOfStrings)) &&
    (withheld === undefined || isListOf(withheld, isString)) &&
    isListOf(errors, isFieldOfStrings)
  )
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string"
}

function isFieldOfStrings(value: unknown): boolean {
  return isPair(value) && isListOf((value as unknown[])[1], isString)
}

function isString(value: unknown): boolean {
  return typeof value === "string"
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem)
}
