import type { FlashContent } from "./flash"
import { TOKEN_PREFIX } from "./token-prefix"
import type { FlashKinds } from "./flash-kinds"

/** A message as a banner shows it. */
export interface Notice {
  /** Tells it from all others. */
  readonly key: string
  /** The flash key. */
  readonly kind: string
  readonly role: "status" | "alert"
  readonly text: string
}

/** One delivery as a banner gets it: an identity, and the messages to show. */
export interface ArrivedDelivery {
  /** What follows `TOKEN_PREFIX` in the name of its token: the id, after the name of a session that has one. */
  readonly id: string
  readonly notices: readonly Notice[]
  /** It holds more, which is for the page to read: form feedback, values that are no text, other keys. */
  readonly more?: true
}

/** One delivery as client code fetches it; which keys it shows only the banner knows. */
export interface TakenDelivery {
  readonly id: string
  readonly texts: readonly (readonly [key: string, text: string])[]
  /** It holds more: form feedback, or values that are no text. */
  readonly more: boolean
}

/**
 * @param prefix of the session's tokens (`tokenPrefix`)
 * @param kinds what the banner shows
 */
export function arrivedDeliveries(
  arrived: ReadonlyMap<string, FlashContent>,
  prefix: string,
  kinds: FlashKinds,
): ArrivedDelivery[] {
  return takenDeliveries(arrived, prefix).map((taken) => arrivedDelivery(taken, kinds))
}

export function arrivedDelivery({ id, texts, more }: TakenDelivery, kinds: FlashKinds): ArrivedDelivery {
  const notices = texts.flatMap(([kind, text], index): Notice[] => {
    const role = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
    return role === undefined ? [] : [{ key: id + index, kind, role, text }]
  })
  return more || notices.length < texts.length ? { id, notices, more: true } : { id, notices }
}

export function takenDeliveries(arrived: ReadonlyMap<string, FlashContent>, prefix: string): TakenDelivery[] {
  const session = prefix.slice(TOKEN_PREFIX.length)
  return [...arrived].map(([deliveryId, { messages, forms }]) => {
    const id = session + deliveryId
    const texts = messages.filter((message): message is [string, string] => typeof message[1] === "string")
    return { id, texts, more: forms.length > 0 || texts.length < messages.length }
  })
}
