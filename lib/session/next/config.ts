import { DEFAULT_COOKIE_NAME, tokenPrefix } from "../core/delivery-token"
import { SessionError } from "../core/errors"
import { defaultLifetimes, MAX_LIFETIME_SECONDS, type Lifetimes } from "../core/lifetime"
import type { SessionEvent } from "../core/events"
import { normalizePath } from "../core/path"
import { isStore, openStore, type OpenStore, type SessionStore } from "../core/store"
import { defaultStore } from "../stores/default-store"
import { checkSetup } from "./check-setup"
import { observedStore } from "./observed-store"
import { createReporter } from "./report"
import type { SetupOptions } from "./setup-options"
import { agreementOf, refuseTwin } from "./twins"

/** The options with their defaults, as every part of the Next edge sees them. */
export interface Config {
  readonly store: OpenStore
  readonly cookieName: string
  /** What the names of its delivery tokens begin with. */
  readonly tokenPrefix: string
  /** What another `setup()` for the same cookie has to agree on. */
  readonly agreement: string
  readonly lifetimes: Lifetimes
  readonly isPrerendered: (path: string) => boolean
  readonly secretFields: readonly string[]
  readonly visibleFields: readonly string[]
  readonly allowedOrigins: readonly string[]
  readonly report: (event: SessionEvent) => void
  /** Unix time in whole seconds. */
  readonly now: () => number
}

/** @throws SessionError `SESSION_OPTIONS_INVALID` */
export function resolveConfig(options: SetupOptions): Config {
  checkSetup(options)
  const now = options.now ?? Date.now
  const cookieName = options.cookieName ?? DEFAULT_COOKIE_NAME
  const lifetimes = lifetimesOf(options)
  const isPrerendered = pathMatcher(options.prerenderedPaths ?? [])
  const store = openStore(givenStore(options) ?? defaultStore(now))
  const agreement = agreementOf(options, store, lifetimes)
  refuseTwin(cookieName, agreement)
  const report = createReporter(options.onEvent ?? (() => {}))
  return {
    store: observedStore(store, report),
    cookieName,
    tokenPrefix: tokenPrefix(cookieName),
    agreement,
    lifetimes,
    isPrerendered,
    secretFields: options.secretFields ?? [],
    visibleFields: options.visibleFields ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
    report,
    now: () => Math.floor(now() / 1000),
  }
}

function givenStore({ store }: SetupOptions): SessionStore | undefined {
  if (store === undefined || isStore(store)) return store
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `setup({ store }) takes what a store's function returns, such as redisStore(), or createStore() for one ` +
      `of your own. Call it: setup({ store: redisStore() }).`,
  )
}

function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const exact = new Set<string>()
  const below: string[] = []
  for (const pattern of patterns) {
    const path = normalizePath(pattern.replace(/\/\*$/, "/"))
    if (path === undefined) {
      throw new SessionError(
        "SESSION_OPTIONS_INVALID",
        `setup({ prerenderedPaths }) lists paths of this app, such as "/about" or "/docs/*". Start each with one slash.`,
      )
    }
    if (pattern.endsWith("/*")) below.push(path === "/" ? path : `${path}/`)
    else exact.add(path)
  }
  return (path) => exact.has(path) || below.some((start) => path.startsWith(start))
}

function lifetimesOf(options: SetupOptions): Lifetimes {
  const lifetimes = {
    idleSeconds: lifetime(options, "idleSeconds"),
    absoluteSeconds: lifetime(options, "absoluteSeconds"),
    flashSeconds: lifetime(options, "flashSeconds"),
  }
  // By hand: the default is only longer for an app whose sessions are short.
  if (options.idleSeconds === undefined || lifetimes.idleSeconds <= lifetimes.absoluteSeconds)
    return lifetimes
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `setup({ idleSeconds }) is longer than absoluteSeconds, ${lifetimes.absoluteSeconds} here, after which every ` +
      `session ends, used or not. Raise that one, or lower this one.`,
  )
}

function lifetime(options: SetupOptions, name: keyof Lifetimes): number {
  const seconds = options[name] === undefined ? defaultLifetimes[name] : options[name]
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= MAX_LIFETIME_SECONDS) return seconds
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `setup({ ${name} }) must be a whole number of seconds, at least 1 and at most ` +
      `${MAX_LIFETIME_SECONDS}. Leave it out for the default.`,
  )
}
