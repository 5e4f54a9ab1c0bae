import type { JSX } from "react"
import type { Config } from "../next/config.ts"
import { requestSession } from "../next/request.ts"
import { warnIfWithoutMiddleware } from "../next/warnings.ts"
import { arrivedDeliveries, type ArrivedDelivery } from "./arrived.ts"
import { FlashBanner, type FlashKinds } from "./flash-banner.tsx"

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
    // A property that is undefined would still be sent.
    const shared = kinds === undefined ? {} : { kinds }
    if (prerendered) return <FlashBanner arrived={nothing} rendered={false} {...shared} />
    const { actor, headers } = await requestSession(config)
    warnIfWithoutMiddleware(headers)
    return (
      <FlashBanner
        arrived={arrivedDeliveries(actor.state().arrived)}
        // What is prerendered sees no headers at all.
        rendered={headers.has("host")}
        {...shared}
      />
    )
  }
}

const nothing: ArrivedDelivery[] = []
