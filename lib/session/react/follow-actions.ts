import { BACK_FIELD } from "../core/wire-names"

let isFollowing = false
/** How the router opens another page. */
let push: (href: string) => void
let base = ""

/**
 * From now on the links of messages are followed by the router, and their forms name the page they are sent from,
 * which may be another than the one they were rendered for. Both work without this, as a document does.
 */
export function followActions(basePath: string, routerPush: (href: string) => void): void {
  base = basePath
  push = routerPush
  if (isFollowing) return
  isFollowing = true
  addEventListener("click", follow)
  addEventListener("submit", nameThePage, true)
}

/** An address of this app without base path. */
function addressIn(href: string): string {
  return href.slice(base.length)
}

function follow(event: MouseEvent): void {
  const link = closest(event.target, "a.flash-action") as HTMLAnchorElement | null
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  if (link === null || !isPlain || event.defaultPrevented) return
  event.preventDefault()
  push(addressIn(link.pathname + link.search + link.hash))
}

function nameThePage(event: SubmitEvent): void {
  const form = closest(event.target, "form.flash-action")
  const field = form && Element.prototype.querySelector.call(form, `[name=${BACK_FIELD}]`)
  if (field instanceof HTMLInputElement) field.value = addressIn(location.pathname + location.search)
}

/** The prototype's: a form's own is hidden by a field of that name. */
function closest(target: EventTarget | null, selector: string): Element | null {
  return target instanceof Element ? Element.prototype.closest.call(target, selector) : null
}
