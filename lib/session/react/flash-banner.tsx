"use client"

import { usePathname, useRouter } from "next/navigation"
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentType,
  type JSX,
  type ReactNode,
} from "react"
import type { ArrivedDelivery, Notice } from "../core/arrived"
import type { FlashKinds } from "../core/flash-kinds"
import { createBanner, duringHydration } from "./banner"

/** What a toaster of the application's own is given. */
export interface FlashToasterProps {
  /**
   * What is on screen. One that is new was never here before, whatever the router replays; one that is gone left with
   * its page, or was dismissed. `key` tells it from the others, and one that takes its place has the same. None while
   * the server renders.
   */
  readonly messages: readonly Notice[]
  /** Takes one off the screen. */
  readonly dismiss: (message: Notice) => void
}

export interface FlashBannerProps {
  /** What this response brought; a new array per response, even when empty. What is below comes with it. */
  readonly arrived: readonly ArrivedDelivery[]
  readonly kinds?: FlashKinds
  /** Whether the server rendered this for one request, as opposed to prerendering it for all. */
  readonly rendered?: boolean
  /** What shows the messages in place of our own markup. */
  readonly as?: ComponentType<FlashToasterProps>
  /** Our own markup of what arrived, if anything did. */
  readonly children?: ReactNode
}

/**
 * Has each delivery on screen once, whatever the router does with the payload that brought it: replayed on Back, kept
 * in a layout that does not re-render, restored with the whole document.
 */
export function FlashBanner(props: FlashBannerProps): JSX.Element {
  const { arrived, as: Toaster, children } = props
  const path = usePathname()
  const router = useRouter()
  const [banner] = useState(createBanner)
  const view = useSyncExternalStore(banner.subscribe, banner.view, duringHydration)
  const element = useRef<HTMLDivElement>(null)
  const hydrated = view !== duringHydration()

  useEffect(() => banner.watch(element.current!), [banner])
  // Before the browser paints. The other properties come with `arrived`.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => banner.arrive({ ...props, path, router, hydrated }), [banner, arrived, path])
  useEffect(() => banner.look(), [banner, arrived, path])

  return Toaster ? (
    <div ref={element}>
      <Toaster messages={view.messages} dismiss={view.dismiss} />
    </div>
  ) : (
    <div ref={element} className="flash-messages" tabIndex={-1}>
      {(hydrated ? view.markup : children) ?? emptyRegions}
    </div>
  )
}

const emptyRegion = (role: Notice["role"]) => <div role={role} aria-atomic={false} />

/** There before a message is, so that screen readers announce it; `bannerMarkup` takes their place. */
const emptyRegions = (
  <>
    {emptyRegion("status")}
    {emptyRegion("alert")}
  </>
)
