import { MAX_TOKEN_PATH_CHARACTERS } from "./limits"
import { TOKEN_PREFIX } from "./token-prefix"
import { DELIVERY_ID_LENGTH } from "./wire-names"

/**
 * A delivery token is a small cookie that says: a flash with this id waits for this path. It holds
 * no text and no secret and grants nothing without the session that holds the flash, so client code
 * may read and clear it, and most requests, which carry none, cost neither crypto nor a store call.
 *
 * Its paths are as `tokenPath` makes them: compare them with `isPath`.
 */
export interface DeliveryToken {
  /** The cookie's name. */
  readonly name: string
  readonly id: string
  /** The path the flash is addressed to, or `*` for the next page the person opens. */
  readonly to: string
  /** The path of the page that sent the request which wrote it, as its Referer; `""` when unknown. */
  readonly from: string
  /** The path of a document that was already told to show it; `""` while nobody was; or `ASKED`. */
  readonly takenBy: string
}

/**
 * What the names of a session's tokens begin with. Of two sessions in one app each has its own; the
 * lengths tell them apart, for every id has the same.
 *
 * @param cookieName the session cookie's, without `__Host-`
 */
export function tokenPrefix(cookieName: string): string {
  return cookieName === DEFAULT_COOKIE_NAME ? TOKEN_PREFIX : `${TOKEN_PREFIX}${cookieName}_`
}

export const DEFAULT_COOKIE_NAME = "session"

/** A token for a flash just written; `to` and `from` are paths. */
export function newToken(prefix: string, id: string, to: string, from: string): DeliveryToken {
  return { name: prefix + id, id, to: tokenPath(to), from: tokenPath(from), takenBy: "" }
}

/**
 * Says in place of a path that the page on screen, to whose path the token is then addressed, asks for the
 * delivery: our client code found that only the page can show it, and has it rendered again.
 */
export const ASKED = "!"

/** Whether a document was told to show it. */
export function isTaken({ takenBy }: DeliveryToken): boolean {
  return takenBy !== "" && takenBy !== ASKED
}

/** The cookie's value before percent-encoding; a URL path never contains a space. */
export function tokenValue(token: DeliveryToken): string {
  return [token.to, token.from, token.takenBy].join(" ")
}

/** Reads one cookie; undefined when it is not a delivery token of this session's. */
export function parseToken(name: string, value: string, prefix: string): DeliveryToken | undefined {
  if (!name.startsWith(prefix)) return undefined
  const id = name.slice(prefix.length)
  const [to = "", from = "", takenBy = ""] = value.split(" ")
  const isToken = id.length === DELIVERY_ID_LENGTH && /^[\w-]+$/.test(id) && /^[/*~]/.test(to)
  return isToken ? { name, id, to, from, takenBy } : undefined
}

/**
 * A path as tokens hold it: a long one as a hash, for a browser drops a cookie of 4 KB and keeps the one
 * before, which would show the flash again, and percent-encoded a second time it may grow by two thirds.
 */
export function tokenPath(path: string): string {
  return path.length > MAX_TOKEN_PATH_CHARACTERS ? `~${hash(path)}` : path
}

/** Whether one of a token's paths is this one. */
export function isPath(held: string, path: string): boolean {
  return held !== "" && held === tokenPath(path)
}

/** FNV-1a, 32 bits: only a few paths of one person are ever told apart by it. */
function hash(text: string): string {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return (sum >>> 0).toString(36)
}

/** Whether a document with this Referer was asked for by the page that wrote the flash. */
export function cameFrom(token: DeliveryToken, refererPath: string): boolean {
  return isPath(token.from, refererPath)
}
