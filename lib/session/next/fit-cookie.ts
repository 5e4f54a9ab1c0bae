import { tokenPath } from "../core/delivery-token"
import { inputTrimmed } from "../core/events"
import { deliveriesToJson, oldestFirst, type Delivery } from "../core/flash"
import type { JsonObject } from "../core/json"
import { MAX_KEPT_PATH_CHARACTERS } from "../core/limits"
import { trimOldInput } from "../core/trim-old-input"
import type { Config } from "./config"
import { MAX_COOKIE_BYTES } from "../core/limits"
import { cookieBytes, type CookieWrite } from "./cookies"
import { tooLarge } from "./too-large"

interface Sealed {
  /** The store's value in the cookie. */
  readonly value: string
  readonly cookie: CookieWrite
}

interface Content {
  readonly data: JsonObject
  readonly waiting: ReadonlyMap<string, Delivery>
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
  { data, waiting: whole, isNew, seal }: Content,
): Promise<Sealed & { readonly waiting: ReadonlyMap<string, Delivery> }> {
  let waiting = withShortPaths(whole)
  let sealed = await seal(deliveriesToJson(waiting))
  let bytes = cookieBytes(sealed.cookie)
  const trimmedFields: string[] = []
  while (bytes > MAX_COOKIE_BYTES) {
    const trimmed = trimOldInput(waiting, bytes - MAX_COOKIE_BYTES)
    if (trimmed !== undefined) {
      waiting = trimmed.waiting
      trimmedFields.push(...trimmed.fields)
    } else {
      const fewer = withoutOldest(waiting, isNew)
      if (fewer === undefined) throw tooLarge(bytes, data, waiting)
      waiting = fewer
    }
    sealed = await seal(deliveriesToJson(waiting))
    bytes = cookieBytes(sealed.cookie)
  }
  if (trimmedFields.length > 0 && !isToldOf(whole, isNew)) report(inputTrimmed(trimmedFields))
  return { ...sealed, waiting }
}

/**
 * A visitor chooses the path of the page a form is on. Delivered is by token, which has a hash of a long one;
 * kept, it only says in an event where nobody arrived.
 */
function withShortPaths(waiting: ReadonlyMap<string, Delivery>): ReadonlyMap<string, Delivery> {
  const short = (to: string) => (to.length > MAX_KEPT_PATH_CHARACTERS ? tokenPath(to) : to)
  return new Map([...waiting].map(([id, delivery]) => [id, { ...delivery, to: short(delivery.to) }]))
}

/** Whether a form that this request sends back was too long before it came here: that was told then. */
function isToldOf(waiting: ReadonlyMap<string, Delivery>, isNew: (id: string) => boolean): boolean {
  return [...waiting].some(([id, { forms }]) => isNew(id) && forms.some(({ trimmed }) => trimmed))
}

/** Without the message that waits longest, of those that earlier requests wrote; undefined when there is none. */
function withoutOldest(
  waiting: ReadonlyMap<string, Delivery>,
  isNew: (id: string) => boolean,
): ReadonlyMap<string, Delivery> | undefined {
  const [oldest] = oldestFirst([...waiting].filter(([id]) => !isNew(id)))
  if (oldest === undefined) return undefined
  return new Map([...waiting].filter(([id]) => id !== oldest[0]))
}
