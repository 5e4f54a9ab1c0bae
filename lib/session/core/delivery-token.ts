import { TOKEN_PREFIX } from "./token-prefix.ts"

/**
 * A delivery token is a small cookie that says: a flash with this id waits for this path. It holds
 * no text and no secret and grants nothing without the session that holds the flash, so client code
 * may read and clear it, and most requests, which carry none, cost neither crypto nor a store call.
 */
export interface DeliveryToken {
  readonly id: string
  /** The path the flash is addressed to, or `*` for the next page the person opens. */
  readonly to: string
  /** The path of the page that sent the request which wrote it, as its Referer; `""` when unknown. */
  readonly from: string
  /** The path of a document that was already told to show it; `""` while nobody was; or `ASKED`. */
  readonly takenBy: string
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

/** Whether the page at `path` asks for it by a request that is no document's. */
export function isAskedFor(token: DeliveryToken, path: string): boolean {
  return token.takenBy === ASKED && token.to === path
}

/** The cookie's value before percent-encoding; a URL path never contains a space. */
export function tokenValue(token: DeliveryToken): string {
  return [token.to, token.from, token.takenBy].join(" ")
}

/** Reads one cookie; undefined when it is not a delivery token. */
export function parseToken(name: string, value: string): DeliveryToken | undefined {
  if (!name.startsWith(TOKEN_PREFIX)) return undefined
  const id = name.slice(TOKEN_PREFIX.length)
  const [to = "", from = "", takenBy = ""] = value.split(" ")
  return /^[\w-]{16}$/.test(id) && /^[/*]/.test(to) ? { id, to, from, takenBy } : undefined
}

/**
 * Whether the person asking for the document at `path` is the one this flash waits for.
 *
 * Besides the path it is addressed to, that is the document a redirect led on to: browsers keep the
 * Referer over a redirect, so a document asked for with the Referer of the page that wrote the flash
 * is where that page's redirect ended. A page flashing to itself gives no such hint.
 */
export function arrivesAt(token: DeliveryToken, path: string, refererPath: string): boolean {
  if (isTaken(token)) return false
  return token.to === path || token.to === "*" || (cameFrom(token, refererPath) && token.from !== token.to)
}

/** Whether a document with this Referer was asked for by the page that wrote the flash. */
export function cameFrom(token: DeliveryToken, refererPath: string): boolean {
  return token.from !== "" && token.from === refererPath
}
