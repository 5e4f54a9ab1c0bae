import type { ComponentType, JSX } from "react"
import type { Config } from "./config"
import { PAGE_HEADER } from "./headers"
import { requestSession } from "./request-session"
import { readSite } from "./site"
import { warnOfUnshown } from "./warn-unshown"
import { warnIfWithoutMiddleware } from "./warnings"
import { arrivedDeliveries, noticesOf, type ArrivedDelivery } from "../core/arrived"
import { SessionError } from "../core/errors"
import { FlashBanner, type FlashBannerProps, type FlashToasterProps } from "../react/flash-banner"
import { bannerMarkup, type NoticePage } from "../react/banner-markup"
import { defaultKinds, type FlashKinds, type KindsOf } from "../core/flash-kinds"
import type { Json } from "../core/json"
import { localPathAndQuery } from "../core/path"

/** @typeParam Flash the application's messages, per key */
export interface FlashMessagesProps<Flash = Record<string, Json>> {
  /**
   * Which flash keys are shown, and how a screen reader announces them: `status` waits for a pause,
   * `alert` interrupts. Default: success and info are `status`, warning and error are `alert`.
   */
  kinds?: KindsOf<Flash>
  /** Whether it stands in what is prerendered for everybody. Default false. */
  prerendered?: boolean
  /**
   * A client component of the application that shows them in place of our own markup. It is given them in the browser;
   * without JavaScript they stand in the page as the banner shows them.
   */
  as?: ComponentType<FlashToasterProps>
}

/**
 * The component `setup` returns. Put it once into a layout; it shows what arrived, each message once.
 *
 * In a layout or page that is prerendered for everybody say so: `<FlashMessages prerendered />` reads
 * nothing on the server, so that it stays static, and the browser fetches a message addressed to the
 * page when one waits.
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID` when `as` is no client component
 */
export function createFlashMessages<Flash>(config: Config) {
  return async function FlashMessages({
    kinds: ownKinds,
    prerendered = false,
    as,
  }: FlashMessagesProps<Flash>): Promise<JSX.Element> {
    if (as !== undefined) checkToaster(as)
    const kinds = ownKinds as FlashKinds | undefined
    const shared = { ...(kinds && { kinds }), ...(as && { as }) }
    if (prerendered) return banner([], shared, undefined)
    const { actor, headers } = await requestSession(config)
    warnIfWithoutMiddleware(headers)
    const { arrived } = actor.state().flash
    warnOfUnshown(arrived, kinds ?? defaultKinds)
    const deliveries = arrivedDeliveries(arrived, config.tokenPrefix, kinds ?? defaultKinds)
    const markup = deliveries.length > 0 ? bannerMarkup(noticesOf(deliveries), pageOf(headers)) : undefined
    // What is prerendered sees no headers at all.
    return banner(deliveries, { ...shared, ...(headers.has("host") && { rendered: true }) }, markup)
  }
}

/** @param given whatever is sent costs every page, and so would a property that is undefined */
function banner(
  arrived: readonly ArrivedDelivery[],
  given: Omit<FlashBannerProps, "arrived">,
  markup: JSX.Element | undefined,
): JSX.Element {
  if (given.as === undefined) {
    return <FlashBanner arrived={arrived} {...given} {...(markup && { children: markup })} />
  }
  return (
    <>
      {markup && (
        <noscript>
          <div className="flash-messages">{markup}</div>
        </noscript>
      )}
      <FlashBanner arrived={arrived} {...given} />
    </>
  )
}

/** React would tell whoever passes another function to make a server action of it. */
function checkToaster(as: ComponentType<FlashToasterProps>): void {
  if ("$$typeof" in as && as.$$typeof === Symbol.for("react.client.reference")) return
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `<FlashMessages as={…} />: ${as.name || "what it was given"} is no client component. Messages come and go in ` +
      `the browser: put "use client" into the first line of the file it is in.`,
  )
}

/** The page on which messages are about to be shown, as middleware saw it. */
function pageOf(headers: Headers): NoticePage {
  const address = localPathAndQuery(headers.get(PAGE_HEADER) ?? "") ?? "/"
  return { basePath: readSite(headers).basePath, address }
}
