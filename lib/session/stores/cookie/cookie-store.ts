import { checkOptions } from "../../core/check-options"
import { isJsonObject } from "../../core/json"
import { fromPayloadObject, toPayloadObject } from "../../core/payload"
import { noMovedIds } from "../../core/moved-ids"
import { isSessionId } from "../../core/random-id"
import { storeOf, type SessionStore, type StoreCallbacks, type StoredSession } from "../../core/store"
import { createSealCache } from "./seal-cache"
import { createSealer, type Sealer } from "./seal"
import { readSecrets, secretIdentity } from "./secret"

export interface CookieStoreOptions {
  /**
   * At least 32 random characters; several, newest first, while rotating.
   * Left out, it is the environment variable SESSION_SECRET; given as undefined, it is missing.
   */
  secret?: string | readonly string[] | undefined
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
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID`
 */
export function cookieStore(options: CookieStoreOptions = {}): SessionStore {
  checkOptions("cookieStore", options, { secret: "text or texts", now: "function" })
  const now = options.now ?? Date.now
  let sealer: Sealer | undefined
  async function openSealer(): Promise<Sealer> {
    if (sealer === undefined) {
      if (!("secret" in options)) await makeDevelopmentSecret()
      sealer = createSealer(PURPOSE, readSecrets(options))
    }
    return sealer
  }
  const opened = createSealCache<SealedSession>(now)
  async function open(seal: string): Promise<SealedSession | undefined> {
    const session = readSealed(await (await openSealer()).unseal(seal))
    if (session !== undefined) opened.set(seal, session)
    return session
  }

  const callbacks: StoreCallbacks = {
    async load(cookieValue, report) {
      const session = opened.get(cookieValue) ?? (await open(cookieValue))
      if (session === undefined) return void report("unsealed")
      return session.expiresAt * 1000 > now() ? session : void report("expired")
    },
    async cookieValue(id, data, flash, meta) {
      const value = { id, ...meta, ...toPayloadObject(data, flash) }
      const seal = await (await openSealer()).seal(value)
      // The page a redirect leads to opens it next. As text, for the caller may go on changing the value.
      const json = JSON.stringify(value)
      opened.setLater(seal, () => readSealed(JSON.parse(json)))
      return seal
    },
    async prepare() {
      await openSealer()
    },
    // The cookie is the entry: there is nothing else to write, remove or collect.
    save() {},
    destroy() {},
    gc() {},
  }
  return storeOf(callbacks, noMovedIds, `cookie ${secretIdentity(options)}`)
}

/** For the Edge runtime, which can read no file, `register` has to come first: the environment reaches it. */
async function makeDevelopmentSecret(): Promise<void> {
  // A branch like this is left out of a bundle; what stands behind a return is not by every webpack.
  if (process.env.NEXT_RUNTIME !== "edge" && process.env.NODE_ENV === "development") {
    const { setDevelopmentSecret } = await import("./development-secret")
    setDevelopmentSecret()
  }
}

interface SealedSession extends StoredSession {
  /** Unix time in seconds. */
  readonly expiresAt: number
}

function readSealed(value: unknown): SealedSession | undefined {
  if (!isJsonObject(value)) return undefined
  const { id, createdAt, expiresAt } = value
  if (typeof id !== "string" || !isSessionId(id)) return undefined
  if (typeof createdAt !== "number" || typeof expiresAt !== "number") return undefined
  return { id, createdAt, expiresAt, ...fromPayloadObject(value) }
}
