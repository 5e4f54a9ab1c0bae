import { isJsonObject } from "../core/json.ts"
import { fromPayloadObject, toPayloadObject } from "../core/payload.ts"
import { isSessionId } from "../core/random-id.ts"
import { createStore, type SessionStore } from "../core/store.ts"
import { createSealCache } from "./seal-cache.ts"
import { createSealer, type Sealer } from "./seal.ts"
import { readSecrets } from "./secret.ts"

export interface CookieStoreOptions {
  /**
   * At least 32 random characters; several, newest first, while rotating.
   * Default: the environment variable SESSION_SECRET.
   */
  secret?: string | readonly string[]
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

const PURPOSE = "next-session-kit/session/v1"

/**
 * Keeps the whole session in the cookie, encrypted and authenticated by iron-session. Needs no
 * infrastructure and is the default. What it cannot do: revoke. A copy of a cookie stays valid until
 * it expires, also after sign-out. Source: glimr/session `cookie_store`.
 *
 * Secrets are read at first use, not here, so that `next build` needs none.
 */
export function cookieStore(options: CookieStoreOptions = {}): SessionStore {
  const now = options.now ?? Date.now
  let sealer: Sealer | undefined
  const openSealer = () => (sealer ??= createSealer(PURPOSE, readSecrets(options.secret)))
  const opened = createSealCache(now)
  const open = async (seal: string): Promise<unknown> => {
    const known = opened.get(seal)
    if (known !== undefined) return JSON.parse(known)
    const value = await openSealer().unseal(seal)
    if (isSealedSession(value)) opened.set(seal, JSON.stringify(value))
    return value
  }

  return createStore({
    async load(cookieValue, report) {
      const sealed = await open(cookieValue)
      if (!isSealedSession(sealed)) return void report("unsealed")
      if (sealed.expiresAt * 1000 <= now()) return void report("expired")
      return { id: sealed.id, createdAt: sealed.createdAt, ...fromPayloadObject(sealed) }
    },
    async cookieValue(id, data, flash, meta) {
      const value = { id, ...meta, ...toPayloadObject(data, flash) }
      const seal = await openSealer().seal(value)
      // The page a redirect leads to opens it next.
      opened.set(seal, JSON.stringify(value))
      return seal
    },
    // The cookie is the entry: there is nothing else to write, remove or collect.
    save() {},
    destroy() {},
    gc() {},
  })
}

function isSealedSession(value: unknown): value is { id: string; createdAt: number; expiresAt: number } {
  return (
    isJsonObject(value) &&
    typeof value.id === "string" &&
    isSessionId(value.id) &&
    typeof value.createdAt === "number" &&
    typeof value.expiresAt === "number"
  )
}
