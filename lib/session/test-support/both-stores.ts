import { NextRequest } from "next/server"
import { useBridge, token } from "./redis/use-bridge.ts"
import type { SessionEvent } from "../core/events.ts"
import { resolveConfig } from "../next/config.ts"
import type { SetupOptions } from "../next/setup-options.ts"
import { openSession, readRequestCookies } from "../next/open-session.ts"
import { cookieStore } from "../stores/cookie/cookie-store.ts"
import { redisStore } from "../stores/redis/redis-store.ts"
import { createClock, type Clock } from "../testing/clock.ts"
import { createPerson } from "./person.ts"

/** Both stores behind one face, for tests of what every store promises; Redis is a real one. */

export const storeKinds = ["cookie store", "redis store"] as const
export type StoreKind = (typeof storeKinds)[number]

export const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"

export interface StartOptions extends Omit<SetupOptions, "store" | "now" | "onEvent"> {
  readonly timeoutMilliseconds?: number
  /** How much the server's clock is ahead, in seconds; several servers may share what is stored. */
  readonly ahead?: number
  readonly clock?: Clock
  /** Whether `events` tells of a slow store, too: a machine that is busy makes any store slow. */
  readonly tellsSlow?: boolean
}

/** Call it inside a `describe`; the function it returns starts a server of its own in each test. */
export function startsOf(kind: StoreKind) {
  const running = kind === "redis store" ? useBridge() : undefined
  return ({
    // Long, lest a busy machine makes it ask again.
    timeoutMilliseconds = 30_000,
    ahead = 0,
    clock = presentClock(),
    tellsSlow = false,
    ...setup
  }: StartOptions = {}) => {
    const now = () => clock.now() + ahead * 1000
    const events: SessionEvent[] = []
    const store =
      running === undefined
        ? cookieStore({ secret: SECRET, now })
        : redisStore({ url: running.bridge.url, token, now, timeoutMilliseconds })
    const onEvent = (event: SessionEvent) => {
      if (tellsSlow || event.type !== "store-slow") events.push(event)
    }
    const options: SetupOptions = { ...setup, store, now, onEvent }
    return {
      clock,
      events,
      options,
      redis: running,
      /** Requests that reached Redis. */
      requests: () => running?.bridge.stats().requests ?? 0,
      visitor: (jar?: Map<string, string>) => createPerson(options, jar),
      opener: (https = false) => createOpener(options, https),
    }
  }
}

/** The real present: Redis expires entries by its own clock. */
function presentClock(): Clock {
  return createClock(Math.floor(Date.now() / 1000) * 1000)
}

/** Opens sessions for requests with these Cookie headers, as Next reads them. */
function createOpener(options: SetupOptions, https: boolean) {
  const config = resolveConfig(options)
  return async (cookies: readonly string[]) => {
    const headers = new Headers()
    for (const cookie of cookies) headers.append("cookie", cookie)
    const request = new NextRequest("http://app.example/", { headers })
    const sent = readRequestCookies(request.cookies, https, config, request)
    return openSession(config, sent, [], () => {})
  }
}
