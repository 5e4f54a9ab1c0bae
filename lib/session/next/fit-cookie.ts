import { tokenPath } from "../core/delivery-token"
import { inputTrimmed } from "../core/events"
import { deliveriesToJson, oldestFirst, type Delivery } from "../core/flash"
import type { JsonObject } from "../core/json"
import { MAX_KEPT_PATH_CHARACTERS } from "../core/limits"
import { trimOldInput } from "../core/trim-old-input"
import type { Config } from "./config"
import { cookieBytes, MAX_COOKIE_BYTES, type CookieWrite } from "./cookies"
import { tooLarge } from "./too-large"

interface Sealed {
  /** The store's value in the cookie. */
  readonly value: string
  readonly cookie: CookieWrite
}

interface Content {
  readonly data: JsonObject
  readonly pending: ReadonlyMap<string, Delivery>
  /** Whether this request wrote the delivery. */
  readonly isNew: (id: string) => boolean
  readonly seal: (flash: JsonObject) => Promise<Sealed>
}

/**
 * Makes what a commit keeps fit into its cookie. What people typed is trimmed first, then messages that have
 * waited longest go: what is written now must not fail for what nobody came for.
 *
 * @throws SessionError `SESSION_TOO_LARGE` when what this request keeps does not fit alone
 */
export async function fitCookie(
  { report }: Config,
  { data, pending: whole, isNew, seal }: Content,
): Promise<Sealed & { readonly pending: ReadonlyMap<string, Delivery> }> {
  let pending = withShortPaths(whole)
  let sealed = await seal(deliveriesToJson(pending))
  let bytes = cookieBytes(sealed.cookie)
  const trimmedFields: string[] = []
  while (bytes > MAX_COOKIE_BYTES) {
    const trimmed = trimOldInput(pending, bytes - MAX_COOKIE_BYTES)
    if (trimmed !== undefined) {
      pending = trimmed.pending
      trimmedFields.push(...trimmed.fields)
    } else {
      const fewer = withoutOldest(pending, isNew)
      if (fewer === undefined) throw tooLarge(bytes, data, pending)
      pending = fewer
    }
    sealed = await seal(deliveriesToJson(pending))
    bytes = cookieBytes(sealed.cookie)
  }
  if (trimmedFields.length > 0 && !isToldOf(whole, isNew)) report(inputTrimmed(trimmedFields))
  return { ...sealed, pending }
}

/**
 * A visitor chooses the path of the page a form is on. Delivered is by token, which has a hash of a long one;
 * kept, it only says in an event where nobody arrived.
 */
function withShortPaths(pending: ReadonlyMap<string, Delivery>): ReadonlyMap<string, Delivery> {
  const short = (to: string) => (to.length > MAX_KEPT_PATH_CHARACTERS ? tokenPath(to) : to)
  return new Map([...pending].map(([id, delivery]) => [id, { ...delivery, to: short(delivery.to) }]))
}

/** Whether a form that this request sends back was too long before it came here: that was told then. */
function isToldOf(pending: ReadonlyMap<string, Delivery>, isNew: (id: string) => boolean): boolean {
  return [...pending].some(([id, { forms }]) => isNew(id) && forms.some(({ trimmed }) => trimmed))
}

/** Without the message that waits longest, of those that earlier requests wrote; undefined when there is none. */
function withoutOldest(
  pending: ReadonlyMap<string, Delivery>,
  isNew: (id: string) => boolean,
): ReadonlyMap<string, Delivery> | undefined {
  const [oldest] = oldestFirst([...pending].filter(([id]) => !isNew(id)))
  if (oldest === undefined) return undefined
  return new Map([...pending].filter(([id]) => id !== oldest[0]))
}
