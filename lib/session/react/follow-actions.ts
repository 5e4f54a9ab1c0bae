import { BACK_FIELD } from "../core/wire-names"
import { basePathOf } from "./this-document"

/** How the router opens another page. */
type Push = (href: string) => void

let isFollowing = false
let push: Push
/** An address of this app without base path. */
let addressIn: (href: string) => string

/**
 * From now on the links of messages are followed by the router, and their forms name the page they are sent from,
 * which may be another than the one they were rendered for. Both work without this, as a document does.
 *
 * @param path the page's path without base path
 */
export function followActions(path: string, router: { readonly push: Push }): void {
  addressIn = (href) => href.slice(basePathOf(path).length)
  push = router.push
  if (isFollowing) return
  isFollowing = true
  addEventListener("click", follow)
  addEventListener("submit", nameThePage, true)
}

function follow(event: MouseEvent): void {
  const link = closest(event.target, "a.flash-action") as HTMLAnchorElement | null
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  if (link === null || !isPlain || event.defaultPrevented) return
  event.preventDefault()
  push(addressIn(link.pathname + link.search + link.hash))
}

function nameThePage(event: SubmitEvent): void {
  const field = closest(event.target, "form.flash-action")?.querySelector<HTMLInputElement>(
    `[name=${BACK_FIELD}]`,
  )
  if (field) field.value = addressIn(location.pathname + location.search)
}

function closest(target: EventTarget | null, selector: string): Element | null {
  return target instanceof Element ? target.closest(selector) : null
}
