import type { JSX } from "react"
import type { Config } from "../next/config"
import { requestSession } from "../next/request"
import { warnOfUnshown } from "../next/warn-unshown"
import { warnIfWithoutMiddleware } from "../next/warnings"
import { arrivedDeliveries, type ArrivedDelivery } from "../core/arrived"
import { FlashBanner } from "./flash-banner"
import { defaultKinds, type FlashKinds } from "../core/flash-kinds"

export interface FlashMessagesProps {
  /**
   * Which flash keys are shown, and how a screen reader announces them: `status` waits for a pause,
   * `alert` interrupts. Default: success and info are `status`, warning and error are `alert`.
   */
  kinds?: FlashKinds
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
export function createFlashMessages(config: Config) {
  return async function FlashMessages({
    kinds,
    prerendered = false,
  }: FlashMessagesProps): Promise<JSX.Element> {
    // Whatever is sent costs every page; a property that is undefined would be sent, too.
    const shared = kinds === undefined ? {} : { kinds }
    if (prerendered) return <FlashBanner arrived={nothing} {...shared} />
    const { actor, headers } = await requestSession(config)
    warnIfWithoutMiddleware(headers)
    const { arrived } = actor.state()
    warnOfUnshown(arrived, kinds ?? defaultKinds)
    const deliveries = arrivedDeliveries(arrived, config.tokenPrefix, kinds ?? defaultKinds)
    // What is prerendered sees no headers at all.
    const rendered = headers.has("host") ? { rendered: true } : {}
    const more = deliveries.some((delivery) => delivery.more) ? ({ hasMore: true } as const) : {}
    return <FlashBanner arrived={deliveries} {...rendered} {...more} {...shared} />
  }
}

const nothing: ArrivedDelivery[] = []
