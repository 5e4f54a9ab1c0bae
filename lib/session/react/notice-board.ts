import type { ArrivedDelivery } from "./arrived.ts"
import { hasToken, isSeen, markSeen } from "./seen.ts"

/** A message on screen. */
export interface Notice {
  readonly key: string
  readonly kind: string
  readonly text: string
}

/** What one banner shows, and when it stops. Kept outside React, so that effects may run twice. */
export interface NoticeBoard {
  readonly subscribe: (listener: () => void) => () => void
  readonly shown: () => readonly Notice[]
  /**
   * A response brought deliveries, or none, to the page at `path`; payloads are replayed, so it may be
   * an old response.
   */
  readonly arrive: (deliveries: readonly ArrivedDelivery[], path: string) => void
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
  let changed = () => {}
  let shown: readonly Notice[] = noticesOf(initial)
  let firstPage = hydrating
  let page: string | undefined
  let newPage = true
  /** What the person did since the last message appeared. */
  let acted = false
  let submitted = false
  let hiding: ReturnType<typeof setTimeout> | undefined

  const set = (next: readonly Notice[]) => {
    shown = next
    changed()
  }
  const clear = () => {
    if (shown[0]) set([])
  }
  const show = (deliveries: readonly ArrivedDelivery[]) => {
    for (const { id } of deliveries) markSeen(id)
    // Before the first page there is only what the server's HTML shows, and that is these.
    set([...(acted || page === undefined ? [] : shown), ...noticesOf(deliveries)])
    acted = submitted = false
  }
  const note = (event: Event) => {
    acted = true
    submitted ||= event.type === "submit"
  }

  return {
    subscribe(listener) {
      changed = listener
      return () => {}
    },
    shown: () => shown,
    arrive(deliveries, path) {
      const fresh = deliveries.filter(({ id }) => !isSeen(id))
      if (fresh[0]) show(fresh)
      else if (submitted || page === undefined) clear()
      if (path === page) return
      page = path
      newPage = true
      // A message leaves with its page when the person does. When nobody acted, a redirect moved on.
      if (acted) clear()
    },
    take(here) {
      const asked = { ...here, firstPage, newPage }
      firstPage = newPage = false
      if (!hasToken()) return
      // Without the network there is nothing to fetch either.
      import("./take-waiting.ts").then(({ takeWaiting }) => takeWaiting(asked, show)).catch(() => {})
    },
    dismiss(notice) {
      set(shown.filter((other) => other !== notice))
    },
    watch() {
      // React ends the effects of a page the router keeps hidden; StrictMode ends and restarts them.
      clearTimeout(hiding)
      const watching = new AbortController()
      const options = { signal: watching.signal, capture: true }
      addEventListener("pagehide", clear, options)
      for (const event of PERSON_EVENTS) addEventListener(event, note, options)
      return () => {
        hiding = setTimeout(clear)
        watching.abort()
      }
    },
  }
}

function noticesOf(deliveries: readonly ArrivedDelivery[]): Notice[] {
  return deliveries.flatMap(({ id, messages }) =>
    messages.map(([kind, text], index) => ({ key: id + index, kind, text })),
  )
}

const PERSON_EVENTS = ["click", "keydown", "submit", "popstate"] as const
