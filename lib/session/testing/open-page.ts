import { NextRequest } from "next/server"
import type { JsonObject } from "../core/json"
import type { ReadonlySession } from "../core/session"
import { ARRIVED_HEADER, splitIds } from "../next/headers"
import { requestSession } from "../next/request-session"
import { documentHeaders } from "./browser-requests"
import { openScope } from "./in-next"
import { misused } from "./misused"
import { browserOf, type Tab } from "./tab"
import { locationOf, throughMiddleware } from "./through-middleware"

/** Browsers give up after this many. */
const MAX_REDIRECTS = 20

/** Opens a page as a person does, follows where middleware leads, and reads what `getSession()` gives there. */
export async function openPage(tab: Tab, path: string): Promise<ReadonlySession<JsonObject, JsonObject>> {
  const from = browserOf(tab)
  let at = pathOf(tab, path)
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const url = tab.origin + at
    const headers = documentHeaders({ ...from, cookieHeader: tab.jar.header() })
    const passed = await throughMiddleware(tab.middleware, { url, method: "GET", headers })
    tab.jar.take(passed.setCookies)
    if (passed.answer === undefined) {
      tab.at = at
      return readAt(tab, new NextRequest(url, { headers: passed.headers }))
    }
    const location = locationOf(passed.answer)
    if (location === undefined) throw answered(path, passed.answer.status)
    at = pathOf(tab, location)
  }
  throw misused(`visitor.open("${path}") was redirected ${MAX_REDIRECTS} times by middleware and gave up.`)
}

async function readAt(tab: Tab, request: NextRequest): Promise<ReadonlySession<JsonObject, JsonObject>> {
  const { config, jar, javaScript } = tab
  const scope = openScope(tab.next, request, "page")
  const { actor } = await scope.runPage(() => requestSession(config))
  await scope.close()
  // Client code clears the token of what it has put on screen.
  const arrived = javaScript ? splitIds(request.headers.get(ARRIVED_HEADER)) : []
  for (const id of arrived) jar.forget(config.tokenPrefix + id)
  return actor.reader
}

/** Path and query of an address of this app. */
function pathOf({ origin }: Tab, address: string): string {
  const url = new URL(address, origin)
  if (url.origin === origin) return url.pathname + url.search
  throw misused(
    `visitor.open() was led to ${url.origin}, and the visitor is on ${origin}. It opens pages of the ` +
      `application; where something else leads is in redirectedTo.`,
  )
}

function answered(path: string, status: number): Error {
  return misused(
    `visitor.open("${path}") reached no page: middleware answered by itself, with status ${status}. Open what ` +
      `middleware lets through.`,
  )
}
