import { DELIVERY_ID_LENGTH } from "../core/wire-names"
import { readDefaults, replaceOld, type Defaults } from "./given-back"

/**
 * Sees to it that what a page rendered of a delivery, above all the errors of a form, is not back when the
 * person is: the router keeps the page's payload and replays it on Back. Once the page is left, the router
 * is made to forget what it keeps, by one request and only then.
 */

export interface PageFeedback {
  /** Where it was rendered, as `addressOf` gives it. */
  readonly address: string
  /** Has the router forget what it keeps and ask for the page it is on. */
  readonly refresh: () => void
  /**
   * Whether a response has since rendered everything anew, for which the router forgot the rest. Only a
   * banner, which stays when the page goes, can tell.
   */
  readonly isReplaced?: () => boolean
}

/** What is on screen, by the delivery's id. */
const onPage = new Map<string, PageFeedback & { readonly defaults: Defaults }>()

/** Deliveries whose page was left. Components may hold them until the router's answer is here. */
const left = new Set<string>()

/** What the forms of pages that were left had been given back, by the page's path, and what asked to forget it. */
const givenBack = new Map<string, PageFeedback & { readonly defaults: Defaults }>()

let isWatching = false

/** Notes that the page renders something of a delivery, and looks whether it was left. */
export function followFeedback(arrived: string, feedback: PageFeedback): void {
  // A banner names a delivery by its session and its id, the form by its id.
  const id = arrived.slice(-DELIVERY_ID_LENGTH)
  if (!isWatching) watchAddress()
  isWatching = true
  const known = onPage.get(id)
  const { address, defaults } = known ?? { address: feedback.address, defaults: readDefaults() }
  if (!left.has(id)) onPage.set(id, { ...known, ...feedback, address, defaults })
  lookForLeft()
}

/** Path and query: another address with the same is the same page. */
export function addressOf(href: string): string {
  return href.replace(/#.*/, "")
}

/** Another query of the same path renders no layout again, so that no component is told of it. */
function watchAddress(): void {
  const { navigation } = window as unknown as { navigation?: EventTarget }
  const defer = (event: Event) => {
    // Back shows what the router kept, and only then is that forgotten. Otherwise before anything is painted.
    const { navigationType } = event as Event & { navigationType: string | null }
    if (navigationType === "traverse") setTimeout(look)
    else queueMicrotask(look)
  }
  let before = location.href
  const look = () => {
    if (location.href === before) return
    before = location.href
    lookForLeft()
    replaceOnReturn()
  }
  // The router changes the address while React commits, where nothing else may be rendered.
  if (navigation) navigation.addEventListener("currententrychange", defer)
  else setInterval(look, LOOK_MS)
  addEventListener("pageshow", ({ persisted }) => {
    // The whole document was kept, feedback and all.
    if (persisted) for (const { refresh } of [...onPage.values()].slice(-1)) refresh()
  })
}

/** How often browsers without the Navigation API are asked for the address, in milliseconds. */
const LOOK_MS = 300

function lookForLeft(): void {
  const here = addressOf(location.href)
  const gone = [...onPage].filter(([, { address }]) => address !== here)
  for (const [id, feedback] of gone) {
    onPage.delete(id)
    left.add(id)
    givenBack.set(pathOf(feedback.address), feedback)
  }
  gone.find(([, { isReplaced }]) => !isReplaced?.())?.[1].refresh()
}

function replaceOnReturn(): void {
  const path = pathOf(location.href)
  const feedback = givenBack.get(path)
  if (feedback === undefined) return
  givenBack.delete(path)
  // The router of Next 16.0 drops the refresh it waits for when the person moves on.
  if (!feedback.isReplaced?.()) feedback.refresh()
  const replace = () => replaceOld(feedback.defaults)
  replace()
  // The page may stream in. Once the person types, what stands in the fields is theirs.
  const observer = new MutationObserver(replace)
  observer.observe(document, { subtree: true, childList: true, attributeFilter: ["value", "checked"] })
  const stop = () => observer.disconnect()
  addEventListener("input", stop, { once: true, capture: true })
  setTimeout(stop, STREAM_MS)
}

/** How long a page may take to stream in, in milliseconds. */
const STREAM_MS = 10_000

function pathOf(address: string): string {
  return new URL(address).pathname
}
