import { divide, type ArrivedDelivery, type TakenDelivery } from "../core/arrived"
import type { FlashKinds } from "../core/flash-kinds"
import type { Show } from "./page-on-screen"

/** Where messages can be shown: a banner on the page. */
export interface Place {
  readonly element: HTMLElement
  readonly kinds: () => FlashKinds
  readonly show: Show
}

const places = new Set<Place>()

/** @returns a function that takes it away again */
export function addPlace(place: Place): () => void {
  places.add(place)
  return () => void places.delete(place)
}

/**
 * Divides a delivery that was fetched among the banners on the page: each message is for the first that shows its
 * kind, in the order of the document.
 *
 * @returns the parts, and whether anything of the delivery is left
 */
export function partsOf(taken: TakenDelivery): { parts: [Place, ArrivedDelivery][]; hasMore: boolean } {
  const parts: [Place, ArrivedDelivery][] = []
  let rest = taken
  for (const place of [...places].toSorted(byPosition)) {
    const [part, left] = divide(rest, place.kinds())
    if (part.notices.length === 0) continue
    parts.push([place, part])
    rest = left
  }
  return { parts, hasMore: rest.more || rest.messages.length > 0 }
}

function byPosition(one: Place, other: Place): number {
  const position = one.element.compareDocumentPosition(other.element)
  return position & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
}
