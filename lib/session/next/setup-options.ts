import type { SessionEvent } from "../core/events"
import type { Lifetimes } from "../core/lifetime"
import type { SessionStore } from "../core/store"

export interface SetupOptions extends Partial<Lifetimes> {
  /** Where sessions live. Default: `redisStore()` when its environment is set, else `cookieStore()`. */
  store?: SessionStore
  /** Name of the session cookie; over https it is prefixed with `__Host-`. Default `session`. */
  cookieName?: string
  /**
   * Prerendered pages that show messages (`<FlashMessages prerendered />`). Without JavaScript they can
   * show none, and middleware keeps a message opened there for the next page. Paths; `/docs/*` stands
   * for all below `/docs`.
   */
  prerenderedPaths?: readonly string[]
  /** Fields never given back after a failed submission, besides the built-in list: names, or whole words of names. */
  secretFields?: readonly string[]
  /**
   * Fields given back although the built-in list takes them for secret, each by its exact name, with `[]`
   * for any index: `"pincode"`, `"guests[].boardingPass"`.
   */
  visibleFields?: readonly string[]
  /**
   * Hosts whose pages may post to route handlers that use `withSession`, besides the app's own: for
   * example `login.example.com`; `*` stands for one label. For server actions Next has its own list.
   */
  allowedOrigins?: readonly string[]
  /** Told what happened. Nobody waits for it; an error of its own is printed and goes no further. */
  onEvent?: (event: SessionEvent) => void | Promise<void>
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}
