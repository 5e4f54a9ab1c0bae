import { userAgent } from "next/server"
import type { Asker } from "../core/delivery"

const FRAMES = ["iframe", "frame", "object", "embed", "fencedframe"]

/**
 * The one definition of *a person navigates*. Browsers say in Sec-Fetch-* what a request is for, on https
 * and on localhost; a page's script cannot forge it (W3C Fetch Metadata). Elsewhere only what a navigation
 * asks for tells.
 */
export function askerOf(method: string, headers: Headers): Asker {
  if (method !== "GET") return "nobody"
  // A document fetched ahead is opened later or never; answered without one, it is asked for again then.
  if (isAhead(headers)) return "page"
  const mode = headers.get("sec-fetch-mode")
  const destination = headers.get("sec-fetch-dest")
  const opens = opensDocument(headers)
  if (mode === null && destination === null) {
    // Google documents that its crawler sends no Accept-Language; browsers always do.
    if (!headers.has("accept-language")) return "nobody"
    return opens ? "person" : "page"
  }
  if (opens && FRAMES.includes(destination ?? ""))
    return headers.get("sec-fetch-user") === "?1" ? "frame" : "nobody"
  if (opens) return "person"
  if (destination !== "empty") return "nobody"
  return isFromScript(headers) ? "worker" : "page"
}

/**
 * Whether what is asked for is a document to be shown, whatever the method.
 *
 * A service worker that forwards a navigation keeps its mode and loses its destination
 * (w3c/ServiceWorker#1803); one that makes a new request of it loses both, and keeps what only a navigation
 * asks for.
 */
export function opensDocument(headers: Headers): boolean {
  const mode = headers.get("sec-fetch-mode")
  // Node's own fetch overwrites the mode that a caller gives, and leaves the destination.
  if (mode === "navigate" || headers.get("sec-fetch-dest") === "document") return true
  const wantsHtml = headers.get("accept")?.includes("text/html") ?? false
  return wantsHtml && (mode === null || headers.get("upgrade-insecure-requests") === "1")
}

/** A worker's own requests name its script as the page they come from. */
function isFromScript(headers: Headers): boolean {
  return /\.m?js(\?|$)/.test(headers.get("referer") ?? "")
}

/** Whether a browser asks for what may be opened later. */
export function isAhead(headers: Headers): boolean {
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-moz") ?? ""
  return purpose.includes("prefetch")
}

/**
 * Whether what a request wrote is kept for nobody: it only asked what another would give, or a crawler sent it,
 * which does not come back with the session it would begin.
 *
 * @param begins whether it would begin one
 */
export function isProbe(method: string, headers: Headers, begins: boolean): boolean {
  if (method === "HEAD" || method === "OPTIONS") return true
  return method === "GET" && begins && isCrawler(headers)
}

/** Whether it says of itself that it is a crawler, by Next's own list. Takes longer than all else here. */
export function isCrawler(headers: Headers): boolean {
  return userAgent({ headers }).isBot
}
