import type { ArrivedDelivery } from "../core/arrived"
import type { FlashKinds } from "../core/flash-kinds"

/** The page a banner is on. */
export interface PageOnScreen {
  /** The page's path without base path. */
  readonly path: string
  /** The whole address. */
  readonly href: string
  /** Whether the server had its say about flash when it rendered this page. */
  readonly rendered?: boolean | undefined
  /** Whether this is the page the document was loaded for. */
  readonly firstPage: boolean
  /** Whether the person just opened it, as opposed to a re-render. */
  readonly newPage: boolean
  /** What the response brought that rendered the banner. */
  readonly arrived: readonly ArrivedDelivery[]
  /** Whether any of it is for the page to show. */
  readonly hasMore?: true | undefined
  /** Whether another response has come since. */
  readonly isReplaced: () => boolean
  /** What the banner shows, if not the usual. */
  readonly kinds?: FlashKinds | undefined
  /** Has the server render the page again, and the router forget the others. */
  readonly refresh: () => void
}

export type Show = (deliveries: readonly ArrivedDelivery[]) => void
