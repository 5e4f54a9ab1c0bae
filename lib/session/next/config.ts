import { SessionError } from "../core/errors.ts"
import { defaultLifetimes, type Lifetimes } from "../core/lifetime.ts"
import type { SessionStore, UnreadableReason } from "../core/store.ts"
import { openStore } from "../core/store.ts"
import { defaultStore } from "../stores/default-store.ts"

/** Something worth knowing about a session. Never contains an id, a token, a secret or a value. */
export type SessionEvent =
  | { readonly type: "session-unreadable"; readonly reason: UnreadableReason }
  | { readonly type: "flash-expired"; readonly to: string; readonly keys: readonly string[] }
  | { readonly type: "old-input-trimmed"; readonly fields: readonly string[] }

export interface SetupOptions extends Partial<Lifetimes> {
  /** Where sessions live. Default: `redisStore()` when its environment is set, else `cookieStore()`. */
  store?: SessionStore
  /** Name of the session cookie; over https it is prefixed with `__Host-`. Default `session`. */
  cookieName?: string
  /** Field names never given back after a failed submission, besides the built-in list. */
  secretFields?: readonly string[]
  /** Told what happened. Must not throw. */
  onEvent?: (event: SessionEvent) => void
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

/** The options with their defaults, as every part of the Next edge sees them. */
export interface Config {
  readonly store: ReturnType<typeof openStore>
  readonly cookieName: string
  readonly lifetimes: Lifetimes
  readonly secretFields: readonly string[]
  readonly onEvent: (event: SessionEvent) => void
  /** Unix time in whole seconds. */
  readonly now: () => number
}

/** @throws SessionError `SESSION_OPTIONS_INVALID` */
export function resolveConfig(options: SetupOptions): Config {
  const now = options.now ?? Date.now
  const cookieName = options.cookieName ?? "session"
  if (!/^(?!__|flash_)[\w-]+$/.test(cookieName)) {
    throw new SessionError(
      "SESSION_OPTIONS_INVALID",
      `setup({ cookieName }) must consist of letters, digits, "_" and "-", and not begin with "__" or ` +
        `"flash_", which the kit uses itself. Choose such a name.`,
    )
  }
  return {
    store: openStore(options.store ?? defaultStore(now)),
    cookieName,
    lifetimes: {
      idleSeconds: lifetime(options, "idleSeconds"),
      absoluteSeconds: lifetime(options, "absoluteSeconds"),
      flashSeconds: lifetime(options, "flashSeconds"),
    },
    secretFields: options.secretFields ?? [],
    onEvent: options.onEvent ?? (() => {}),
    now: () => Math.floor(now() / 1000),
  }
}

function lifetime(options: SetupOptions, name: keyof Lifetimes): number {
  const seconds = options[name] ?? defaultLifetimes[name]
  if (Number.isFinite(seconds) && seconds > 0) return seconds
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `setup({ ${name} }) must be a positive number of seconds. Leave it out for the default.`,
  )
}
