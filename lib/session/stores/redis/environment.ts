import { SessionError } from "../../core/errors"

/** What may be passed by hand. */
export interface GivenAddress {
  readonly url?: string | undefined
  readonly token?: string | undefined
}

/** Whether the environment names a database of Upstash's, or half of one. */
export function hasUpstashEnvironment(): boolean {
  return Boolean(process.env["UPSTASH_REDIS_REST_URL"] || process.env["UPSTASH_REDIS_REST_TOKEN"])
}

/** Whether it is asked over TCP, wherever it is. */
export function isTcp(given: GivenAddress): boolean {
  return /^rediss?:/i.test(tcpCandidate(given) ?? "")
}

function tcpCandidate(given: GivenAddress): string | undefined {
  const isByHand = "url" in given || "token" in given
  return isByHand || hasUpstashEnvironment() ? given.url : process.env["REDIS_URL"]
}

/**
 * Where the database of Upstash's is.
 *
 * @param given what was passed by hand, also undefined; the environment has what was left out
 * @throws SessionError `SESSION_OPTIONS_INVALID` when something is missing or malformed
 */
export function upstashAddress(given: GivenAddress): { url: string; token: string } {
  const url = ("url" in given ? given.url : process.env["UPSTASH_REDIS_REST_URL"]) ?? ""
  const token = ("token" in given ? given.token : process.env["UPSTASH_REDIS_REST_TOKEN"]) ?? ""
  if (/^https?:\/\/\S+$/.test(url) && /^\S+$/.test(token)) return { url, token }
  if ("url" in given || "token" in given) {
    const missing = [!url && "url", !token && "token"].filter(Boolean)
    throw new SessionError(
      "SESSION_OPTIONS_INVALID",
      missing.length === 0
        ? `redisStore({ url, token }): Upstash's address begins with https://, and its token has no space in it.`
        : `redisStore({ ${missing.join(", ")} }) is missing. An address that begins with https:// goes with Upstash's ` +
            `token, one that begins with redis:// or rediss:// alone.`,
    )
  }
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `The Redis store does not know where its database is. Set UPSTASH_REDIS_REST_URL, an address with its ` +
      `scheme, and UPSTASH_REDIS_REST_TOKEN, both from the database's page in the Upstash console; or REDIS_URL, ` +
      `which begins with redis:// or rediss://. setup() without a store takes Upstash's, or else the cookie store.`,
  )
}

/**
 * The address of a database that is asked over TCP.
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID` when it is malformed
 */
export function tcpAddress(given: GivenAddress): string {
  const url = tcpCandidate(given) ?? ""
  if (given.token === undefined && URL.canParse(url) && isOfRedis(new URL(url))) return url
  // Without repeating it: a password may be in it.
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `The Redis store was given an address that is not one of Redis: redis://user:password@host:6379/0, of which ` +
      `only the host is needed, with special characters of the password percent-encoded, and with no token.`,
  )
}

function isOfRedis({ hostname, pathname, username, password }: URL): boolean {
  return hostname !== "" && /^(\/\d*)?$/.test(pathname) && isDecodable(username + password)
}

/** Not with a percent sign of its own, on which every client fails in words of its own. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
