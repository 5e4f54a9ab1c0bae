import { SessionError } from "../core/errors.ts"
import { isStore } from "../core/store.ts"
import type { SetupOptions } from "./config.ts"

/** What two `setup()`s that share a cookie have to agree on; a module evaluated twice does. */
export function agreementOf(options: SetupOptions): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  // Functions and stores are other objects each time; that there is one can be told.
  const told = (value: unknown) => (typeof value === "function" || isStore(value) ? "given" : value)
  const entries = given.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, told(value)])
  return JSON.stringify(entries)
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
