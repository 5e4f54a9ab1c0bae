import { noticesOf, type ArrivedDelivery, type Notice } from "../core/arrived"
import { defaultKinds } from "../core/flash-kinds"
import type { BannerHost } from "./banner"
import { bannerMarkup, type NoticePage } from "./banner-markup"
import { lookFurther } from "./look-further"
import { noticeFlash } from "./notice-flash"
import { mayWait } from "./may-wait"
import type { FoundPage, PageOnScreen, Show } from "./page-on-screen"
import { addPlace } from "./places"
import { isSeen, keepUnread, markSeen } from "./seen"
import { basePathOf } from "./this-document"

/** What becomes of the messages of a banner. */
export interface BannerLife {
  readonly arrive: (page: FoundPage) => void
  /** @param isAsked given when the app asks for it, on a page where it was done before */
  readonly look: (page: FoundPage, isAsked?: unknown) => void
  /** Watches what the person does until the returned function is called. */
  readonly watch: (element: HTMLElement) => () => void
  /** The page was left before this was loaded. */
  readonly leave: () => void
}

export function beginLife(host: BannerHost): BannerLife {
  let { first } = host
  let shown: readonly Notice[] = []
  let path = first?.path
  let base = ""
  let place: HTMLElement | undefined
  let appearedAt = 0
  let last: FoundPage | undefined

  const dismiss = (notice: Notice) => set(shown.filter((other) => other !== notice))
  const set = (next: readonly Notice[]) => {
    shown = next
    const hadFocus = place?.contains(document.activeElement) === true
    const markup = last && !last.as ? bannerMarkup(next, pageOf(base), dismiss) : undefined
    host.set({ messages: next, dismiss, markup })
    // The focus would be lost with the message that has it.
    if (hadFocus) setTimeout(() => document.activeElement === document.body && place?.focus())
  }
  const clear = () => {
    if (shown[0]) set([])
  }
  const show: Show = (deliveries) => {
    for (const delivery of deliveries) markSeen(delivery)
    set(noticesOf([{ notices: host.acted ? [] : shown }, ...deliveries]))
    host.acted = ""
    appearedAt = Date.now()
    attend()
  }
  /** Most messages are a text and nothing else, and a toaster of the application's sees to the rest by itself. */
  const attend = () => {
    const page = last
    if (!page || page.as || !shown.some(({ action, seconds }) => action ?? seconds)) return
    import("./message-parts")
      .then((parts) => parts.attend(shown, base, page.router.push, dismiss))
      .catch(() => {})
  }
  const leave = (address?: string) => {
    if (shown[0] && !host.acted) keepUnread(appearedAt, shown, address)
  }
  /** What this tab has not shown, here or in another banner. */
  const fresh = (deliveries: readonly ArrivedDelivery[]) =>
    deliveries
      .map((delivery) => ({
        ...delivery,
        notices: delivery.notices.filter(({ origin }) => !isSeen(origin)),
      }))
      .filter(({ id, notices }) => notices[0] || !isSeen(id))

  const isOfDocument = ({ arrived }: FoundPage) =>
    first?.hydrated === false && arrived === first.arrived && arrived[0]

  return {
    arrive(page) {
      const isFirst = last === undefined
      const wasBack = host.acted !== ""
      // It never changes, and here path and address belong together.
      if (isFirst) base = basePathOf(page.path)
      last = page
      first ??= page
      // Then it shows all that came before this was loaded, too.
      const arrived = fresh(isFirst ? [...host.early, ...page.arrived] : page.arrived)
      if (isFirst || (host.acted === "submit" && !arrived[0])) set([])
      if (arrived[0]) show(arrived)
      // Nobody was watching yet. If all came with the document, whoever touched that has moved on by themselves.
      if (isFirst && !page.as && isOfDocument(page) && (wasBack || wasTouched())) host.acted = "click"
      if (page.path === path) return
      path = page.path
      // A message leaves with its page when the person does. When nobody acted, a redirect moved on.
      if (host.acted) clear()
    },
    look(page, isAsked) {
      const asked: PageOnScreen = {
        ...page,
        firstPage: first?.hydrated === false && host.lookedAt === undefined && page.path === first.path,
        newPage: host.lookedAt !== page.path || isAsked !== undefined,
        href: location.href,
        isReplaced: () => last?.arrived !== page.arrived,
      }
      host.lookedAt = page.path
      if (page.arrived[0] || mayWait()) lookFurther(asked, show)
    },
    watch(element) {
      const { style } = element
      place = element
      const remove = addPlace({ element, show, kinds: () => last?.kinds ?? defaultKinds })
      const act = (type: string) => {
        if (host.acted !== "submit") host.acted = type
      }
      const listen = (event: Event) => {
        const { type } = event
        if (type === "pagehide") {
          // React is not told while the document goes into the page cache: in Firefox the message by which
          // its scheduler wakes itself is then lost, and after Back nothing would render any more.
          style.display = "none"
          leave(location.href)
        } else if (type === "pageshow") {
          const waits = last?.as && shown[0] ? TOAST_LEAVES_MS : 0
          if (style.display) clear()
          // A toaster may take its time to take one off.
          if (waits) setTimeout(() => (style.display = ""), waits)
          else style.display = ""
        } else if (!isAboutMessages(event)) act(type)
      }
      // Listeners of `popstate` are called in the order in which they came, and the router's may be earlier than the
      // banner's.
      const { navigation } = window as unknown as { navigation?: EventTarget }
      const traverse = (event: Event) => {
        if ((event as Event & { navigationType?: string }).navigationType === "traverse") act("popstate")
      }
      navigation?.addEventListener("currententrychange", traverse)
      for (const type of EVENTS) addEventListener(type, listen, true)
      return () => {
        remove()
        navigation?.removeEventListener("currententrychange", traverse)
        for (const type of EVENTS) removeEventListener(type, listen, true)
        // Gone with its page, or kept hidden by the router; StrictMode merely restarts.
        if (element.getClientRects()[0]) return
        leave()
        clear()
      }
    },
    leave() {
      if (!shown[0]) return
      leave()
      clear()
      // The banner of the next page, if there is one, has looked already.
      noticeFlash()
    },
  }
}

/** Whether the person did something since the document was loaded. Not every browser counts. */
function wasTouched(): boolean {
  const { eventCounts } = performance as Performance & { eventCounts?: ReadonlyMap<string, number> }
  return ["click", "keydown"].some((type) => (eventCounts?.get(type) ?? 0) > 0)
}

/** To dismiss a message, or to walk through the page by keyboard, is not to go on. */
function isAboutMessages({ type, target, key }: Event & { key?: string }): boolean {
  if (type === "keydown") return key === "Tab" || key === "Shift"
  return target instanceof Element && Element.prototype.closest.call(target, ".flash > button") !== null
}

function pageOf(basePath: string): NoticePage {
  return { basePath, address: location.pathname.slice(basePath.length) + location.search }
}

/** How long a toaster may take to have a toast leave, in milliseconds: sonner takes 200. */
const TOAST_LEAVES_MS = 500

/** What a person does, and what becomes of the document. */
const EVENTS = ["click", "keydown", "submit", "pagehide", "pageshow"]
