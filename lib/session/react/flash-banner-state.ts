import type { ArrivedDelivery, Notice } from "../core/arrived"
import type { PageOnScreen } from "./page-on-screen"
import { isSeen, keepUnread, markSeen, mayWait } from "./seen"

/** What one banner shows, and when it stops. Kept outside React, so that effects may run twice. */
export interface FlashBannerState {
  readonly subscribe: (listener: () => void) => () => void
  readonly shown: () => readonly Notice[]
  /**
   * A response brought deliveries, or none, to the page at `path`; payloads are replayed, so it may be
   * an old response.
   */
  readonly arrive: (deliveries: readonly ArrivedDelivery[], path: string) => void
  /** Does what is rarely to be done, and loads what it takes; see `lookFurther`. */
  readonly look: (page: Omit<PageOnScreen, "firstPage" | "newPage" | "href" | "isReplaced">) => void
  readonly dismiss: (notice: Notice) => void
  /** Watches what the person does until the returned function is called. */
  readonly watch: (element: HTMLElement) => () => void
}

/**
 * @param initial what the server's HTML shows; it is adopted before it is known to be new
 * @param hydrating whether this is the page the document was loaded for
 */
export function createBannerState(initial: readonly ArrivedDelivery[], hydrating: boolean): FlashBannerState {
  let changed = () => {}
  let shown: readonly Notice[] = noticesOf(initial)
  let page: string | undefined
  let lookedAt: string | undefined
  /** What the person did since the last message appeared: a submit, or else the latest event. */
  let acted = ""
  let appearedAt = 0
  let last = initial

  const set = (next: readonly Notice[]) => {
    shown = next
    changed()
  }
  const clear = () => {
    if (shown[0]) set([])
  }
  const show = (deliveries: readonly ArrivedDelivery[]) => {
    for (const { id } of deliveries) markSeen(id)
    set([...(acted ? [] : shown), ...noticesOf(deliveries)])
    acted = ""
    appearedAt = Date.now()
  }
  const leave = (address?: string) => {
    if (shown[0] && !acted) keepUnread(appearedAt, shown, address)
  }

  return {
    subscribe(listener) {
      changed = listener
      return () => {}
    },
    shown: () => shown,
    arrive(deliveries, path) {
      last = deliveries
      const fresh = deliveries.filter(({ id }) => !isSeen(id))
      // Before the first page there is only what the server's HTML shows, and that is these.
      if (page === undefined || (acted === "submit" && !fresh[0])) clear()
      if (fresh[0]) show(fresh)
      if (path === page) return
      page = path
      // A message leaves with its page when the person does. When nobody acted, a redirect moved on.
      if (acted) clear()
    },
    look(found) {
      const isReplaced = () => last !== found.arrived
      const asked = {
        ...found,
        firstPage: hydrating && lookedAt === undefined,
        newPage: lookedAt !== found.path,
        href: location.href,
        isReplaced,
      }
      lookedAt = found.path
      if (!found.hasMore && !mayWait()) return
      // Without the network there is nothing to fetch either.
      import("./look-further").then(({ lookFurther }) => lookFurther(asked, show)).catch(() => {})
    },
    dismiss(notice) {
      set(shown.filter((other) => other !== notice))
    },
    watch(element) {
      const { style } = element
      const listen = ({ type }: Event) => {
        if (type === "pagehide") {
          // React is not told while the document goes into the page cache: in Firefox the message by which
          // its scheduler wakes itself is then lost, and after Back nothing would render any more.
          style.display = "none"
          leave(location.href)
        } else if (type === "pageshow") {
          if (style.display) clear()
          style.display = ""
        } else if (acted !== "submit") acted = type
      }
      for (const type of EVENTS) addEventListener(type, listen, true)
      return () => {
        for (const type of EVENTS) removeEventListener(type, listen, true)
        // Gone with its page, or kept hidden by the router; StrictMode merely restarts.
        if (element.getClientRects()[0]) return
        leave()
        clear()
      }
    },
  }
}

function noticesOf(deliveries: readonly ArrivedDelivery[]): Notice[] {
  return deliveries.flatMap(({ notices }) => notices)
}

/** What a person does, and what becomes of the document. */
const EVENTS = ["click", "keydown", "submit", "popstate", "pagehide", "pageshow"] as const
