import type { ArrivedDelivery } from "./arrived.ts"
import { isSeen, markSeen, takeWaiting } from "./delivered.ts"

/** A message on screen. */
export interface Notice {
  readonly key: string
  readonly delivery: string
  readonly kind: string
  readonly text: string
}

/** What one banner shows, and when it stops. Kept outside React, so that effects may run twice. */
export interface NoticeBoard {
  readonly subscribe: (listener: () => void) => () => void
  readonly shown: () => readonly Notice[]
  /** A response brought deliveries, or none; payloads are replayed, so it may be an old response. */
  readonly arrive: (deliveries: readonly ArrivedDelivery[]) => void
  /** The person is on the page at `path` now. */
  readonly turnTo: (path: string) => void
  /** Looks for deliveries that wait for the page at `path`; see `takeWaiting`. */
  readonly take: (here: { path: string; rendered: boolean }) => void
  readonly dismiss: (notice: Notice) => void
  /** Watches what the person does until the returned function is called. */
  readonly watch: () => () => void
}

/**
 * @param initial what the server's HTML shows; it is adopted before it is known to be new
 * @param hydrating whether this is the page the document was loaded for
 */
export function createNoticeBoard(initial: readonly ArrivedDelivery[], hydrating: boolean): NoticeBoard {
  const listeners = new Set<() => void>()
  const own = new Set<string>()
  let shown: readonly Notice[] = noticesOf(initial)
  let firstPage = hydrating
  let page: string | undefined
  let newPage = true
  /** What the person did since the last message appeared. */
  let acted = false
  let submitted = false
  let hiding: ReturnType<typeof setTimeout> | undefined

  const isOwn = ({ delivery }: Notice) => own.has(delivery)
  const set = (next: readonly Notice[]) => {
    shown = next
    for (const listener of listeners) listener()
  }
  const clear = () => {
    if (shown.length > 0) set([])
  }
  const show = (deliveries: readonly ArrivedDelivery[]) => {
    const earlier = acted ? [] : shown.filter(isOwn)
    for (const { id } of deliveries) {
      own.add(id)
      markSeen(id)
    }
    acted = false
    submitted = false
    const isReplaced = (notice: Notice) => deliveries.some(({ id }) => id === notice.delivery)
    set([...earlier.filter((notice) => !isReplaced(notice)), ...noticesOf(deliveries)])
  }
  const note = (event: Event) => {
    acted = true
    submitted ||= event.type === "submit"
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    shown: () => shown,
    arrive(deliveries) {
      const fresh = deliveries.filter(({ id }) => !isSeen(id))
      if (fresh.length > 0) show(fresh)
      else if (submitted) clear()
      else if (!shown.every(isOwn)) set(shown.filter(isOwn))
    },
    // A message leaves with its page when the person does. When nobody acted, a redirect moved on.
    turnTo(path) {
      if (path === page) return
      page = path
      newPage = true
      if (acted) clear()
    },
    take(here) {
      const look = async () => {
        const deliveries = await takeWaiting({ ...here, firstPage, newPage })
        firstPage = false
        newPage = false
        if (deliveries.length > 0) show(deliveries)
      }
      // A page loaded speculatively, in a background tab or in a frame has nobody in front of it.
      if (window.parent !== window) return
      if (document.visibilityState === "visible") void look()
      else document.addEventListener("visibilitychange", look, { once: true })
    },
    dismiss(notice) {
      set(shown.filter((other) => other !== notice))
    },
    watch() {
      // React ends the effects of a page the router keeps hidden; StrictMode ends and restarts them.
      clearTimeout(hiding)
      addEventListener("pagehide", clear)
      for (const event of PERSON_EVENTS) addEventListener(event, note, true)
      return () => {
        hiding = setTimeout(clear)
        removeEventListener("pagehide", clear)
        for (const event of PERSON_EVENTS) removeEventListener(event, note, true)
      }
    },
  }
}

function noticesOf(deliveries: readonly ArrivedDelivery[]): Notice[] {
  return deliveries.flatMap(({ id, messages }) =>
    messages.map(([kind, text], index) => ({ key: id + index, delivery: id, kind, text })),
  )
}

const PERSON_EVENTS = ["click", "keydown", "submit", "popstate"] as const
