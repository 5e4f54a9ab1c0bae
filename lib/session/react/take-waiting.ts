import { cameFrom, isPath, parseToken, type DeliveryToken } from "../core/delivery-token.ts"
import { TOKEN_PREFIX } from "../core/token-prefix.ts"
import { TAKE_HEADER } from "../next/headers.ts"
import type { ArrivedDelivery } from "./arrived.ts"
import { clearToken, isSeen } from "./seen.ts"

/** The browser's side of the delivery tokens; loaded only when there is one. */

const asking = new Set<string>()

interface Here {
  /** The page's path without base path. */
  readonly path: string
  /** Whether the server had its say about flash when it rendered this page. */
  readonly rendered: boolean
  /** Whether this is the page the document was loaded for. */
  readonly firstPage: boolean
  /** Whether the person just opened it, as opposed to a re-render. */
  readonly newPage: boolean
}

/**
 * Clears the tokens of what was shown elsewhere, and fetches what waits for this page and was not
 * shown: after a soft navigation, or on a prerendered page. No request unless a token says so.
 */
export function takeWaiting(here: Here, show: (deliveries: ArrivedDelivery[]) => void): void {
  const look = () => void take(here).then((deliveries) => deliveries.length > 0 && show(deliveries))
  // A page loaded speculatively, in a background tab or in a frame has nobody in front of it.
  if (window.parent !== window) return
  if (document.visibilityState === "visible") look()
  else document.addEventListener("visibilitychange", look, { once: true })
}

async function take(here: Here): Promise<ArrivedDelivery[]> {
  const ids = readTokens().flatMap((token) => {
    if (asking.has(token.id)) return []
    if (token.takenBy === "" && !isSeen(token.id)) {
      return isPath(token.to, here.path) || (token.to === "*" && here.newPage) ? [token.id] : []
    }
    if (!isSeen(token.id) && !wasShownBefore(token, here)) return [token.id]
    clearToken(token.id)
    return []
  })
  if (ids.length === 0) return []

  for (const id of ids) asking.add(id)
  try {
    const response = await fetch(location.pathname + location.search, {
      method: "POST",
      headers: { [TAKE_HEADER]: ids.map((id) => TOKEN_PREFIX + id).join(".") },
    })
    return response.ok ? ((await response.json()) as ArrivedDelivery[]) : []
  } catch {
    return []
  } finally {
    for (const id of ids) asking.delete(id)
  }
}

/**
 * A document was told to show it; did it? Not if that is this one and it was prerendered. Not if the
 * router moved on from it and the token is still here: then it had no banner. And not if what was
 * asked for was no page: it redirected while it rendered, so that this document came with the Referer
 * of the page that wrote the message; or it was a download or a route handler, which nobody comes from.
 * Any other document is another tab's.
 */
function wasShownBefore(token: DeliveryToken, here: Here): boolean {
  if (isPath(token.takenBy, here.path)) return here.rendered
  if (!here.firstPage) return !here.newPage || !isPath(token.takenBy, appPath(documentAddress(), here.path))
  const referrer = appPath(document.referrer, here.path)
  const redirectedOn = cameFrom(token, referrer) && token.from !== token.takenBy
  return !redirectedOn && (token.to !== "*" || isPath(token.takenBy, referrer))
}

/** What this document was loaded for, wherever the router has gone since. */
function documentAddress(): string {
  return performance.getEntriesByType("navigation")[0]?.name ?? ""
}

/** The path of an address of this app without base path; `""` for another site's. */
function appPath(address: string, path: string): string {
  if (!address.startsWith(location.origin)) return ""
  const strip = (pathname: string) => pathname.replace(/\/+$/, "")
  const mounted = strip(location.pathname)
  const basePath = mounted.slice(0, mounted.length - strip(path).length)
  return strip(new URL(address).pathname).slice(basePath.length) || "/"
}

function readTokens(): DeliveryToken[] {
  const cookies = document.cookie.matchAll(/(flash_[\w-]+)=([^;]*)/g)
  return [...cookies].flatMap(
    ([, name = "", value = ""]) => parseToken(name, decode(value), TOKEN_PREFIX) ?? [],
  )
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ""
  }
}
