import type { ReactNode } from "react"
import type { ArrivedDelivery } from "../core/arrived"
import type { FlashKinds } from "../core/flash-kinds"

/** The page a banner is on, as the banner knows it. */
export interface FoundPage {
  /** The page's path without base path. */
  readonly path: string
  /** What the response brought that rendered the banner. */
  readonly arrived: readonly ArrivedDelivery[]
  /** Our own markup of that. */
  readonly children?: ReactNode
  /** Whether the server had its say about flash when it rendered this page. */
  readonly rendered?: boolean | undefined
  /** What the banner shows, if not the usual. */
  readonly kinds?: FlashKinds | undefined
  /** What shows it, if not the banner itself. */
  readonly as?: unknown
  /** False while React adopts the server's HTML. */
  readonly hydrated: boolean
  /** Next's. `refresh` has the server render the page again, and the router forget the others. */
  readonly router: { readonly refresh: () => void; readonly push: (href: string) => void }
}

export interface PageOnScreen extends FoundPage {
  /** The whole address. */
  readonly href: string
  /** Whether this is the page the document was loaded for. */
  readonly firstPage: boolean
  /** Whether the person just opened it, as opposed to a re-render. */
  readonly newPage: boolean
  /** Whether another response has come since. */
  readonly isReplaced: () => boolean
}

export type Show = (deliveries: readonly ArrivedDelivery[]) => void
