import { ACTION_HEADER } from "../next/headers"

/** What a browser says of the requests it sends. */

export interface Browser {
  readonly origin: string
  readonly cookieHeader: string | undefined
  /** The address of the page on screen. */
  readonly page: string
}

/** A person opens a document. */
export function documentHeaders(browser: Browser): Headers {
  const headers = commonHeaders(browser)
  for (const [name, value] of Object.entries(navigation)) headers.set(name, value)
  return headers
}

/**
 * Next's router calls an action.
 *
 * @param hasForm whether a FormData is among the arguments
 */
export function routerHeaders(browser: Browser, actionId: string, hasForm: boolean): Headers {
  const headers = commonHeaders(browser)
  for (const [name, value] of Object.entries(code)) headers.set(name, value)
  headers.set("accept", "text/x-component")
  headers.set("origin", browser.origin)
  headers.set("content-type", hasForm ? MULTIPART : "text/plain;charset=UTF-8")
  headers.set(ACTION_HEADER, actionId)
  return headers
}

/** A form is sent without JavaScript. */
export function formHeaders(browser: Browser): Headers {
  const headers = documentHeaders(browser)
  headers.set("origin", browser.origin)
  headers.set("content-type", MULTIPART)
  return headers
}

/**
 * A request that a test wrote, with what a browser adds. What the request says of itself stays. A GET and a form
 * are a person who navigates, anything else is sent by code in a page.
 */
export function completedHeaders(browser: Browser, request: Request): Headers {
  const isReading = request.method === "GET" || request.method === "HEAD"
  const type = request.headers.get("content-type") ?? ""
  const isForm =
    type.startsWith("multipart/form-data") || type.startsWith("application/x-www-form-urlencoded")
  const defaults = commonHeaders(browser)
  if (!isReading) defaults.set("origin", browser.origin)
  // Who says one thing of these says all of them.
  const saysWho = [...request.headers.keys()].some(
    (name) => name.startsWith("sec-fetch-") || name === "origin",
  )
  const kind = isReading || isForm ? navigation : code
  for (const [name, value] of Object.entries(kind)) {
    if (!saysWho || !name.startsWith("sec-fetch-")) defaults.set(name, value)
  }
  for (const [name, value] of request.headers) defaults.set(name, value)
  return defaults
}

const MULTIPART = "multipart/form-data; boundary=----next-session-kit"

const navigation = {
  accept: "text/html,application/xhtml+xml",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
  "sec-fetch-site": "same-origin",
  "sec-fetch-user": "?1",
}

const code = {
  accept: "*/*",
  "sec-fetch-mode": "cors",
  "sec-fetch-dest": "empty",
  "sec-fetch-site": "same-origin",
}

function commonHeaders({ origin, cookieHeader, page }: Browser): Headers {
  const { host, protocol } = new URL(origin)
  const headers = new Headers({
    host,
    // Next's server adds it where no proxy did.
    "x-forwarded-proto": protocol.slice(0, -1),
    "accept-language": "en",
    "user-agent": "Mozilla/5.0 (next-session-kit/testing)",
    referer: page,
  })
  if (cookieHeader !== undefined) headers.set("cookie", cookieHeader)
  return headers
}
