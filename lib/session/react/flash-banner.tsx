"use client"

import { usePathname, useRouter } from "next/navigation"
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type JSX } from "react"
import type { ArrivedDelivery } from "../core/arrived"
import type { FlashKinds } from "../core/flash-kinds"
import { createBannerState } from "./flash-banner-state"

interface FlashBannerProps {
  /** What this response brought; a new array per response, even when empty. What is below comes with it. */
  arrived: readonly ArrivedDelivery[]
  /** Whether any of it is for the page to show. */
  hasMore?: true
  kinds?: FlashKinds
  /** Whether the server rendered this for one request, as opposed to prerendering it for all. */
  rendered?: boolean
}

/**
 * Shows each delivery once, whatever the router does with the payload that brought it: replayed on
 * Back, kept in a layout that does not re-render, restored with the whole document.
 */
export function FlashBanner(props: FlashBannerProps): JSX.Element {
  const { arrived } = props
  const path = usePathname()
  const { refresh } = useRouter()
  const hydrated = useHydrated()
  const [banner] = useState(() => createBannerState(arrived, !hydrated))
  const shown = useSyncExternalStore(banner.subscribe, banner.shown, banner.shown)
  const element = useRef<HTMLDivElement>(null)

  useEffect(() => banner.watch(element.current!), [banner])
  // A layout effect, so that what was seen before is gone before the browser paints.
  useLayoutEffect(() => banner.arrive(arrived, path), [banner, arrived, path])
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the other properties come with `arrived`
  useEffect(() => banner.look({ ...props, path, refresh }), [banner, path, arrived])

  const list = (role: "status" | "alert") => (
    <div role={role}>
      {shown
        .filter((notice) => notice.role === role)
        .map((notice) => (
          <p key={notice.key} className="flash" data-kind={notice.kind}>
            <span>{notice.text}</span>
            {hydrated && (
              <button type="button" aria-label="Dismiss" onClick={() => banner.dismiss(notice)}>
                ×
              </button>
            )}
          </p>
        ))}
    </div>
  )
  return (
    <div ref={element} className="flash-messages">
      {list("status")}
      {list("alert")}
    </div>
  )
}

const never = () => () => {}

/** False on the server and while React adopts the server's HTML, true from then on. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
