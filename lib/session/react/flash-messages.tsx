import type { JSX } from "react"
import type { Config } from "../next/config.ts"
import { PAGE_HEADER } from "../next/headers.ts"
import { requestSession } from "../next/request.ts"
import { warnIfWithoutMiddleware } from "../next/warnings.ts"
import { arrivedDeliveries } from "./arrived.ts"
import { FlashBanner, type FlashKinds } from "./flash-banner.tsx"

export interface FlashMessagesProps {
  /**
   * Which flash keys are shown, and how a screen reader announces them: `status` waits for a pause,
   * `alert` interrupts. Default: success and info are `status`, warning and error are `alert`.
   */
  kinds?: FlashKinds
}

const defaultKinds: FlashKinds = { success: "status", info: "status", warning: "alert", error: "alert" }

/** The component `setup` returns. Put it once into a layout; it renders what arrived, each message once. */
export function createFlashMessages(config: Config): (props: FlashMessagesProps) => Promise<JSX.Element> {
  return async function FlashMessages({ kinds = defaultKinds }) {
    const { actor, headers } = await requestSession(config)
    warnIfWithoutMiddleware(headers)
    return (
      <FlashBanner
        arrived={arrivedDeliveries(actor.state().arrived)}
        kinds={kinds}
        rendered={headers.has(PAGE_HEADER)}
      />
    )
  }
}
