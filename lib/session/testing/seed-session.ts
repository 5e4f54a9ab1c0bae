import { checkOptions } from "../core/check-options"
import { SessionError } from "../core/errors"
import { rawValue, parseSetCookie } from "./jar"
import { configOfKit, type SessionKit } from "./kit"
import { misused } from "./misused"
import { originOf } from "./origin-of"
import { seed, type SessionSeed } from "./seed"

/** A cookie as Playwright's `context.addCookies` takes it. */
export interface ContextCookie {
  name: string
  value: string
  /** The origin it belongs to. */
  url: string
  httpOnly: boolean
  secure: boolean
  sameSite: "Lax"
  /** Unix time in seconds. */
  expires: number
}

/** What of Playwright's `BrowserContext` is used. */
export interface CookieContext {
  addCookies(cookies: ContextCookie[]): Promise<unknown>
}

export interface SeedSessionOptions<Flash extends object> {
  /** Scheme and host of the server under test, Playwright's `baseURL`. Default `http://localhost:3000`. */
  baseURL?: string | undefined
  /** Messages that wait for the person, by key. */
  flash?: Partial<Flash>
  /** The path where they wait. Default: the page that is opened first. */
  to?: string
}

/**
 * Begins a session and puts it into a browser, as if the person had signed in: for tests that only need somebody
 * who has. This process writes to the store of the server under test, so it needs the same
 * environment: `SESSION_SECRET` for the cookie store, the address of Redis for that.
 *
 * @param context Playwright's, before or after a page was opened
 * @param kit the module that exports what `setup()` returned
 * @returns the session's id
 * @throws SessionError `SESSION_SECRET_MISSING`, `SESSION_STORE_NOT_SHARED` for the memory store,
 *   `SESSION_TEST_MISUSED`, `SESSION_OPTIONS_INVALID`, and what the store throws
 */
export async function seedSession<Data extends object, Flash extends object>(
  context: CookieContext,
  kit: SessionKit<Data, Flash>,
  data: Partial<NoInfer<Data>>,
  options: SeedSessionOptions<NoInfer<Flash>> = {},
): Promise<string> {
  const config = configOfKit(kit, "seedSession")
  checkOptions("seedSession", options, { baseURL: "text", flash: "any", to: "text" })
  const { baseURL, flash, to } = options
  if (typeof context?.addCookies !== "function") {
    throw misused(`seedSession() puts cookies into a browser. Pass Playwright's context first.`)
  }
  if (config.store.identity.startsWith("memory ")) throw notShared()
  if ("baseURL" in options && baseURL === undefined) throw noBaseUrl()
  const url = originOf(baseURL, "seedSession(…, { baseURL })")
  const given: SessionSeed<Data, Flash> = { data, flash, to }
  const { id, setCookies } = await seed(config, given, url.startsWith("https:")).catch((error: unknown) => {
    throw error instanceof SessionError && error.code === "SESSION_SECRET_MISSING" ? noSecret(error) : error
  })
  const now = Math.floor(Date.now() / 1000)
  await context.addCookies(
    setCookies.map((line) => {
      const { name, httpOnly, secure, maxAge = 0 } = parseSetCookie(line)
      const expires = now + maxAge
      return { name, value: rawValue(line), url, httpOnly, secure, sameSite: "Lax", expires }
    }),
  )
  return id
}

function noBaseUrl(): SessionError {
  return misused(
    `seedSession(…, { baseURL }) was given undefined, and a cookie is put in for one host. Playwright's baseURL ` +
      `is undefined until it is set: use: { baseURL: "http://localhost:3000" } in playwright.config.ts.`,
  )
}

function noSecret(cause: SessionError): SessionError {
  return new SessionError(
    "SESSION_SECRET_MISSING",
    `seedSession() seals the session as the server under test does, and this process has no secret. Set ` +
      `SESSION_SECRET where both read it: in playwright.config.ts, whose webServer inherits the ` +
      `environment. For \`next dev\` it is in .next-session-kit/development-secret.`,
    { cause },
  )
}

function notShared(): SessionError {
  return new SessionError(
    "SESSION_STORE_NOT_SHARED",
    `seedSession() was asked for a session of memoryStore(), which lives in the server's process: nothing from ` +
      `here reaches it. Run the server under test with any other store, or sign in by the form.`,
  )
}
