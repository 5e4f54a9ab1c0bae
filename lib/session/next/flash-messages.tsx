import type { JSX } from "react"
import type { Config } from "./config"
import { requestSession } from "./request-session"
import { warnOfUnshown } from "./warn-unshown"
import { warnIfWithoutMiddleware } from "./warnings"
import { arrivedDeliveries, type ArrivedDelivery } from "../core/arrived"
import { FlashBanner } from "../react/flash-banner"
import { defaultKinds, type FlashKinds, type KindsOf } from "../core/flash-kinds"
import type { Json } from "../core/json"

/** @typeParam Flash the application's messages, per key */
export interface FlashMessagesProps<Flash = Record<string, Json>> {
  /**
   * Which flash keys are shown, and how a screen reader announces them: `status` waits for a pause,
   * `alert` interrupts. Default: success and info are `status`, warning and error are `alert`.
   */
  kinds?: KindsOf<Flash>
  /** Whether it stands in what is prerendered for everybody. Default false. */
  prerendered?: boolean
}

/**
 * The component `setup` returns. Put it once into a layout; it shows what arrived, each message once.
 *
 * In a layout or page that is prerendered for everybody say so: `<FlashMessages prerendered />` reads
 * nothing on the server, so that it stays static, and the browser fetches a message addressed to the
 * page when one waits.
 */
export function createFlashMessages<Flash>(config: Config) {
  return async function FlashMessages({
    kinds: ownKinds,
    prerendered = false,
  }: FlashMessagesProps<Flash>): Promise<JSX.Element> {
    const kinds = ownKinds as FlashKinds | undefined
    // Whatever is sent costs every page; a property that is undefined would be sent, too.
    const shared = kinds === undefined ? {} : { kinds }
    if (prerendered) return <FlashBanner arrived={nothing} {...shared} />
    const { actor, headers } = await requestSession(config)
    warnIfWithoutMiddleware(headers)
    const { arrived } = actor.state().flash
    warnOfUnshown(arrived, kinds ?? defaultKinds)
    const deliveries = arrivedDeliveries(arrived, config.tokenPrefix, kinds ?? defaultKinds)
    // What is prerendered sees no headers at all.
    const rendered = headers.has("host") ? { rendered: true } : {}
    const more = deliveries.some((delivery) => delivery.more) ? ({ hasMore: true } as const) : {}
    return <FlashBanner arrived={deliveries} {...rendered} {...more} {...shared} />
  }
}

const nothing: ArrivedDelivery[] = []
