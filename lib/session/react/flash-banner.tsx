"use client"

import { usePathname } from "next/navigation"
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type JSX } from "react"
import { flushSync } from "react-dom"
import type { ArrivedDelivery } from "./arrived.ts"
import { clearToken, isSeen, markSeen, takeWaiting } from "./delivered.ts"

export type FlashKinds = Readonly<Record<string, "status" | "alert">>

interface FlashBannerProps {
  /** What this response brought; a new array per response, even when empty. */
  arrived: readonly ArrivedDelivery[]
  kinds: FlashKinds
  /** Whether the server rendered this for one request, as opposed to prerendering it for all. */
  rendered: boolean
}

/**
 * Shows each delivery once, whatever the router does with the payload that brought it: replayed on
 * Back, kept in a layout that does not re-render, restored with the whole document.
 */
export function FlashBanner({ arrived, kinds, rendered }: FlashBannerProps): JSX.Element {
  const path = usePathname().replace(/(.)\/$/, "$1")
  const hydrated = useHydrated()
  const firstPage = useRef(!hydrated)
  const own = useRef(new Set<string>())
  const [shown, setShown] = useState(arrived)
  const personActed = usePersonActed()

  const show = (deliveries: readonly ArrivedDelivery[]) => {
    const keepsEarlier = !personActed.current
    personActed.current = false
    for (const { id } of deliveries) {
      own.current.add(id)
      markSeen(id)
    }
    setShown((earlier) => [...(keepsEarlier ? withoutIds(earlier, deliveries) : []), ...deliveries])
  }

  // Layout effects, so that what was seen before is gone before the browser paints.
  useLayoutEffect(() => {
    for (const { id } of arrived) clearToken(id)
    const fresh = arrived.filter(({ id }) => own.current.has(id) || !isSeen(id))
    if (fresh.length > 0) show(fresh)
    else if (personActed.current) setShown([])
    setShown((all) => all.filter(({ id }) => own.current.has(id)))
  }, [arrived])

  // A message leaves with its page when the person does. If nobody acted, a redirect moved the page.
  useLayoutEffect(() => {
    if (personActed.current) setShown([])
  }, [path])

  useEffect(() => {
    const take = async () => {
      const deliveries = await takeWaiting({ path, rendered, firstPage: firstPage.current })
      firstPage.current = false
      if (deliveries.length > 0) show(deliveries)
    }
    // A speculatively loaded page has nobody in front of it yet.
    if (isPrerendering()) document.addEventListener("prerenderingchange", take, { once: true })
    else void take()
  }, [path, arrived, rendered])

  useWhenHidden(() => setShown([]))

  const list = (role: "status" | "alert") => (
    <div role={role}>
      {shown.flatMap(({ id, messages }) =>
        messages.flatMap(([kind, text], index) =>
          kinds[kind] === role ? (
            <p key={id + index} className="flash" data-kind={kind}>
              <span>{text}</span>
              {hydrated && (
                <button type="button" aria-label="Dismiss" onClick={() => setShown((all) => withoutMessage(all, id, index))}>
                  ×
                </button>
              )}
            </p>
          ) : (
            []
          ),
        ),
      )}
    </div>
  )
  return (
    <div className="flash-messages">
      {list("status")}
      {list("alert")}
    </div>
  )
}

function withoutIds(all: readonly ArrivedDelivery[], gone: readonly ArrivedDelivery[]): ArrivedDelivery[] {
  return all.filter(({ id }) => !gone.some((delivery) => delivery.id === id))
}

function withoutMessage(all: readonly ArrivedDelivery[], id: string, index: number): ArrivedDelivery[] {
  return all.map((delivery) =>
    delivery.id === id ? { id, messages: delivery.messages.map((m, i) => (i === index ? ["", ""] : m)) } : delivery,
  )
}

const never = () => () => {}

/** False on the server and while React adopts the server's HTML, true from then on. */
function useHydrated(): boolean {
  return useSyncExternalStore(never, () => true, () => false)
}

/** Whether the person clicked, submitted or went back since the last message was shown. */
function usePersonActed(): { current: boolean } {
  const acted = useRef(false)
  useEffect(() => {
    const note = () => {
      acted.current = true
    }
    const events = ["click", "submit", "popstate"] as const
    for (const event of events) addEventListener(event, note, true)
    return () => {
      for (const event of events) removeEventListener(event, note, true)
    }
  }, [])
  return acted
}

/** Calls back when the document goes into the page cache, or the router hides this part of it. */
function useWhenHidden(hide: () => void): void {
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    // React ends effects of a part it keeps hidden, but StrictMode ends and restarts them at once.
    clearTimeout(pending.current)
    const leave = () => flushSync(hide)
    addEventListener("pagehide", leave)
    return () => {
      removeEventListener("pagehide", leave)
      pending.current = setTimeout(hide)
    }
  }, [])
}

function isPrerendering(): boolean {
  return "prerendering" in document && document.prerendering === true
}
