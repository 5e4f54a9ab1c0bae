import { oldestFirst, type Delivery } from "../core/flash"
import type { JsonObject } from "../core/json"
import type { Config } from "../next/config"
import { openSession, readRequestCookies } from "../next/open-session"
import type { Browser } from "./browser-requests"
import type { Jar } from "./jar"
import type { NextInternals } from "./next-internals"
import type { AppMiddleware } from "./through-middleware"

/** What a visitor's requests share. */
export interface Tab {
  readonly config: Config
  readonly next: NextInternals
  readonly middleware: AppMiddleware
  readonly javaScript: boolean
  readonly origin: string
  readonly jar: Jar
  /** Path and query of the page on screen. */
  at: string
  /** Ids of the deliveries that earlier requests left. */
  readonly known: Set<string>
}

export function browserOf({ origin, jar, at }: Tab): Browser {
  return { origin, cookieHeader: jar.header(), page: origin + at }
}

export function isHttpsOf({ origin }: Tab): boolean {
  return origin.startsWith("https:")
}

/** What the next request would find. */
export interface Stored {
  readonly id: string
  readonly data: JsonObject
  /** What was left for later since this was last asked, in the order written. */
  readonly left: readonly Delivery[]
}

/** Looks into the store as the next request would, takes nothing and reports nothing. */
export async function lookUp(tab: Tab): Promise<Stored> {
  const quiet = { ...tab.config, report: () => {} }
  const cookies = readRequestCookies(tab.jar.reader(), isHttpsOf(tab), quiet)
  const actor = await openSession(quiet, cookies, [], () => {})
  const { storedId, flash } = actor.state()
  const left = [...flash.waiting].filter(([id]) => !tab.known.has(id))
  for (const [id] of left) tab.known.add(id)
  return {
    id: storedId ?? "",
    data: actor.session.all() as JsonObject,
    left: oldestFirst(left).map(([, delivery]) => delivery),
  }
}
