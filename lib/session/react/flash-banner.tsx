"use client"

import { usePathname } from "next/navigation"
import { useEffect, useLayoutEffect, useState, useSyncExternalStore, type JSX } from "react"
import type { ArrivedDelivery } from "./arrived.ts"
import { createNoticeBoard } from "./notice-board.ts"

export type FlashKinds = Readonly<Record<string, "status" | "alert">>

interface FlashBannerProps {
  /** What this response brought; a new array per response, even when empty. */
  arrived: readonly ArrivedDelivery[]
  kinds?: FlashKinds | undefined
  /** Whether the server rendered this for one request, as opposed to prerendering it for all. */
  rendered: boolean
}

/**
 * Shows each delivery once, whatever the router does with the payload that brought it: replayed on
 * Back, kept in a layout that does not re-render, restored with the whole document.
 */
export function FlashBanner({ arrived, kinds = defaultKinds, rendered }: FlashBannerProps): JSX.Element {
  const path = usePathname().replace(/(.)\/$/, "$1")
  const hydrated = useHydrated()
  const [board] = useState(() => createNoticeBoard(arrived, !hydrated))
  const shown = useSyncExternalStore(board.subscribe, board.shown, board.shown)

  useEffect(() => board.watch(), [board])
  // A layout effect, so that what was seen before is gone before the browser paints.
  useLayoutEffect(() => board.arrive(arrived, path), [board, arrived, path])
  useEffect(() => board.take({ path, rendered }), [board, path, rendered, arrived])

  const list = (role: "status" | "alert") => (
    <div role={role}>
      {shown
        .filter(({ kind }) => kinds[kind] === role)
        .map((notice) => (
          <p key={notice.key} className="flash" data-kind={notice.kind}>
            <span>{notice.text}</span>
            {hydrated && (
              <button type="button" aria-label="Dismiss" onClick={() => board.dismiss(notice)}>
                ×
              </button>
            )}
          </p>
        ))}
    </div>
  )
  return (
    <div className="flash-messages">
      {list("status")}
      {list("alert")}
    </div>
  )
}

const defaultKinds: FlashKinds = { success: "status", info: "status", warning: "alert", error: "alert" }

const never = () => () => {}

/** False on the server and while React adopts the server's HTML, true from then on. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
