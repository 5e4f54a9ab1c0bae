import { SessionError } from "../core/errors"
import type { Lifetimes } from "../core/lifetime"
import { withoutTrailingSlash } from "../core/path"
import type { OpenStore } from "../core/store"
import type { SetupOptions } from "./setup-options"

/**
 * What two `setup()`s that share a cookie have to agree on, as text; a module evaluated twice does. Only ever
 * compared, and never shown: a secret may be in it.
 *
 * @param store the one given, or the default
 * @param lifetimes those given, and the defaults
 */
export function agreementOf(options: SetupOptions, store: OpenStore, lifetimes: Lifetimes): string {
  const { idleSeconds, absoluteSeconds, flashSeconds } = lifetimes
  const anyOrder = (list: readonly string[] = []) => [...new Set(list)].toSorted()
  return JSON.stringify([
    store.identity,
    [idleSeconds, absoluteSeconds, flashSeconds],
    anyOrder(options.prerenderedPaths?.map(withoutTrailingSlash)),
    anyOrder(options.secretFields),
    anyOrder(options.visibleFields),
    anyOrder(options.allowedOrigins),
    // Functions are other objects each time; that there is one can be told.
    options.onEvent !== undefined,
    options.now !== undefined && options.now !== Date.now,
  ])
}

const AGREEMENTS = Symbol.for("next-session-kit.agreements")

/**
 * Refuses a second `setup()` with the same cookie and other options: each would undo what the other wrote.
 * In development an edited file is evaluated again, in the same process and with other options; there the
 * two are found out when one request asks both (`refuseTwinInRequest`).
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID`
 */
export function refuseTwin(cookieName: string, agreement: string): void {
  if (process.env.NODE_ENV !== "production") return
  const shared = globalThis as { [AGREEMENTS]?: Map<string, string> }
  const known = (shared[AGREEMENTS] ??= new Map())
  if ((known.get(cookieName) ?? agreement) !== agreement) throw twin(cookieName)
  known.set(cookieName, agreement)
}

/** @throws SessionError `SESSION_OPTIONS_INVALID` */
export function refuseTwinInRequest(cookieName: string, first: string, second: string): void {
  if (first !== second) throw twin(cookieName)
}

function twin(cookieName: string): SessionError {
  return new SessionError(
    "SESSION_OPTIONS_INVALID",
    `setup() was called twice for the cookie "${cookieName}", with other options: the two would overwrite each ` +
      `other. Call it once and import what it returns, or give the second its own setup({ cookieName }).`,
  )
}
