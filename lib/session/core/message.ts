import { SessionError } from "./errors"
import { isJsonObject, type Json, type JsonObject } from "./json"
import { localHref } from "./path"

/** What a message offers to do: a page to go to, or a form that is posted to a route handler. */
export type FlashAction =
  | { label: string; href: string }
  | { label: string; post: string; fields?: Record<string, string> }

/**
 * A message of more parts than its text. Whatever else is flashed, other text or JSON, is the application's own, and
 * no banner shows it.
 */
export interface RichMessage {
  text: string
  /** A second sentence, in smaller print. */
  description?: string
  /**
   * `href` and `post` are paths of this app. A `post` is a real form: it works without JavaScript, is refused when
   * another site sends it, and its route handler answers with a redirect and a message of its own.
   */
  action?: FlashAction
  /** A later message with the same id takes the place of the one on screen: saving, then saved. */
  id?: string
  /**
   * How long it stays; left out, until the person leaves the page. Time for reading is added where it is too short,
   * it does not run while somebody points at the message or is in another tab, and an `alert` stays in any case.
   */
  seconds?: number
}

/** What a banner or toaster shows: a text, or a text with more. */
export type FlashMessage = string | RichMessage

/**
 * @param value what was flashed
 * @returns undefined for what is no message: a value without text, with other keys, or keys of another kind
 */
export function messageOf(value: Json): RichMessage | undefined {
  if (typeof value === "string") return { text: value }
  return isJsonObject(value) && isRich(value) ? (value as unknown as RichMessage) : undefined
}

/** What is flashed, without the parts of a message that are undefined, as an optional part is that was not given. */
export function withoutUndefined(value: unknown): unknown {
  if (!isJsonObject(value) || !("text" in value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))
}

/**
 * Refuses a message that could not be shown as it is meant. The types refuse most of it; an address they cannot.
 *
 * @param value a copy nobody else has; its addresses are written as browsers write them
 * @param name what to call it in the error, for example `flash("success")`
 * @throws SessionError `SESSION_MESSAGE_INVALID`
 */
export function checkMessage(value: Json, name: string): void {
  if (typeof value === "string") return
  const { action, seconds } = messageOf(value) ?? {}
  if (seconds !== undefined && !(seconds > 0)) {
    throw invalid(`${name}: seconds must be more than 0. Leave it out for a message that stays.`)
  }
  if (action === undefined) return
  if ("post" in action && Object.hasOwn(action.fields ?? {}, "__proto__")) {
    throw invalid(`${name}: action.fields cannot have a field "__proto__".`)
  }
  const way = "href" in action ? "href" : "post"
  const given = (action as Record<string, Json>)[way]
  const address = localHref(String(given))
  if (address === undefined) {
    throw invalid(
      `${name}: action.${way} must be a path of this app, beginning with one slash, for example "/notes". A message ` +
        `may hold what a visitor typed, so it leads to no other site.`,
    )
  }
  ;(action as Record<string, Json>)[way] = address
}

const parts: Readonly<Record<keyof RichMessage, (part: Json) => boolean>> = {
  text: isText,
  description: isText,
  action: isAction,
  id: isText,
  seconds: (part) => typeof part === "number",
}

function isRich(value: JsonObject): boolean {
  return "text" in value && hasOnly(value, parts)
}

function isAction(action: Json): boolean {
  if (!isJsonObject(action) || !("label" in action)) return false
  if ("href" in action) return hasOnly(action, { label: isText, href: isText })
  const isTexts = (fields: Json) => isJsonObject(fields) && Object.values(fields).every(isText)
  return "post" in action && hasOnly(action, { label: isText, post: isText, fields: isTexts })
}

function hasOnly(value: JsonObject, known: Readonly<Record<string, (part: Json) => boolean>>): boolean {
  return Object.entries(value).every(
    ([key, part]) => Object.hasOwn(known, key) && known[key]?.(part) === true,
  )
}

function isText(part: Json): boolean {
  return typeof part === "string"
}

function invalid(text: string): SessionError {
  return new SessionError("SESSION_MESSAGE_INVALID", text)
}
