import type { FlashContent } from "./flash"
import { messageOf, type RichMessage } from "./message"
import { TOKEN_PREFIX } from "./token-prefix"
import type { FlashKinds } from "./flash-kinds"

/** A message as a banner shows it. */
export interface Notice extends Readonly<Omit<RichMessage, "id">> {
  /** Tells it from all others, and from a later one only if that is not to take its place. */
  readonly key: string
  /** Which message of which delivery it is. */
  readonly origin: string
  /** The flash key. */
  readonly kind: string
  readonly role: "status" | "alert"
}

/** One delivery as a banner gets it: an identity, and the messages to show. */
export interface ArrivedDelivery {
  /** What follows `TOKEN_PREFIX` in the name of its token: the id, after the name of a session that has one. */
  readonly id: string
  readonly notices: readonly Notice[]
  /** It holds more, which is for the page to read: form feedback, values that are no message, other keys. */
  readonly more?: true
}

/** One delivery as client code fetches it; which keys it shows only the banner knows. */
export interface TakenDelivery {
  readonly id: string
  readonly messages: readonly (readonly [key: string, message: RichMessage, origin: string])[]
  /** It holds more: form feedback, or values that are no message. */
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
  return takenDeliveries(arrived, prefix).map((taken) => divide(taken, kinds)[0])
}

/** What deliveries have to show: of several messages with one id the last, where the first stood. */
export function noticesOf(deliveries: readonly Pick<ArrivedDelivery, "notices">[]): readonly Notice[] {
  const notices = deliveries.flatMap((delivery) => delivery.notices)
  return [...new Map(notices.map((notice) => [notice.key, notice])).values()]
}

/** Divides a delivery into what a banner shows of it, and what it leaves to the next one. */
export function divide(
  { id, messages, more }: TakenDelivery,
  kinds: FlashKinds,
): [delivery: ArrivedDelivery, rest: TakenDelivery] {
  const notices: Notice[] = []
  const others: TakenDelivery["messages"][number][] = []
  for (const each of messages) {
    const [kind, { id: own, ...parts }, origin] = each
    const role = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
    const key = own === undefined ? origin : `#${own}`
    if (role === undefined) others.push(each)
    else notices.push({ key, origin, kind, role, ...parts })
  }
  const rest = { id, messages: others, more }
  return [more || others.length > 0 ? { id, notices, more: true } : { id, notices }, rest]
}

export function takenDeliveries(arrived: ReadonlyMap<string, FlashContent>, prefix: string): TakenDelivery[] {
  const session = prefix.slice(TOKEN_PREFIX.length)
  return [...arrived].map(([deliveryId, content]) => {
    const id = session + deliveryId
    const messages = content.messages.flatMap(([key, value], index) => {
      const message = messageOf(value)
      return message === undefined ? [] : [[key, message, `${id}.${index}`] as const]
    })
    const more = content.forms.length > 0 || messages.length < content.messages.length
    return { id, messages, more }
  })
}
