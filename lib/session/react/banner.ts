import type { ReactNode } from "react"
import type { ArrivedDelivery, Notice } from "../core/arrived"
import type { BannerLife } from "./banner-life"
import { mayWait } from "./may-wait"
import { NOTICE_EVENT } from "./notice-event"
import type { FoundPage } from "./page-on-screen"

/**
 * One banner. All it does by itself is to keep on screen what the document came with. All that becomes of a message
 * is in `banner-life.ts`, which is loaded when the first one is here or may come: most pages have none. Kept outside
 * React, so that effects may run twice.
 */
export interface Banner {
  readonly subscribe: (listener: () => void) => () => void
  readonly view: () => BannerView
  /**
   * A response brought deliveries, or none, to the page at a path; payloads are replayed, so it may be
   * an old response.
   */
  readonly arrive: (page: FoundPage) => void
  /** Looks for what did not come with the response; after `arrive`. */
  readonly look: () => void
  /** The banner is on the page, until the returned function is called. */
  readonly watch: (element: HTMLElement) => () => void
}

export interface BannerView {
  readonly messages: readonly Notice[]
  readonly dismiss: (notice: Notice) => void
  /** Our own, of these. None, as long as there is nothing to show. */
  readonly markup?: ReactNode
}

/** What the life of a banner has to do with. */
export interface BannerHost {
  readonly set: (view: BannerView) => void
  /** What came before it was loaded. */
  early: ArrivedDelivery[]
  /** The page the banner was on first. */
  first?: FoundPage
  /** The path of the page that was looked at last. */
  lookedAt?: string
  /** What the person did since the last message appeared: a submit, or else the latest event. */
  acted: string
}

let beginLife: ((host: BannerHost) => BannerLife) | undefined

export function createBanner(): Banner {
  let view = nothing
  let changed = () => {}
  let page: FoundPage
  let place: HTMLElement | undefined
  let stop: (() => void) | undefined
  let isWanted = false
  let wasAsked: unknown
  let loading: Promise<void> | undefined

  const host: BannerHost = {
    set(next) {
      view = next
      changed()
    },
    early: [],
    acted: "",
  }
  let life = beginLife?.(host)

  const goBack = () => {
    host.acted ||= "popstate"
  }
  const load = () => {
    if (life) return
    loading ??= import("./banner-life").then(
      (loaded) => {
        beginLife = loaded.beginLife
        life = beginLife(host)
        life.arrive(page)
        if (!place) return life.leave()
        stop = life.watch(place)
        if (isWanted) life.look(page, wasAsked)
      },
      // Without the network; the next response tries again.
      () => {
        loading = undefined
        if (page.path === host.first?.path) return
        // Nobody could take them off.
        host.early = []
        host.set(nothing)
      },
    )
  }
  const look = (isAsked?: unknown) => {
    if (life) return life.look(page, isAsked)
    if (page.arrived[0] || mayWait()) {
      isWanted = true
      wasAsked ??= isAsked
      load()
    } else host.lookedAt = page.path
  }

  return {
    subscribe(listener) {
      changed = listener
      return () => {}
    },
    view: () => view,
    arrive(found) {
      page = found
      if (life) return life.arrive(found)
      // These are the first messages of the document, so that they are no replay of any.
      host.first ??= found
      host.early.push(...found.arrived)
      // What the document shows stays.
      if (!found.hydrated) host.set({ ...nothing, markup: found.children })
    },
    look: () => look(),
    watch(element) {
      place = element
      stop = life?.watch(element)
      addEventListener(NOTICE_EVENT, look)
      addEventListener("popstate", goBack)
      // What answers a form may bring a message: then there is no need to wait any longer.
      addEventListener("submit", load)
      return () => {
        place = undefined
        removeEventListener(NOTICE_EVENT, look)
        removeEventListener("popstate", goBack)
        removeEventListener("submit", load)
        stop?.()
      }
    },
  }
}

const nothing: BannerView = { messages: [], dismiss() {} }
const atHydration = { ...nothing }

/** What is there while React adopts the server's HTML. */
export function duringHydration(): BannerView {
  return atHydration
}
