import { SessionError } from "../../core/errors"

/** Whether the environment names a database, or half of one. */
export function hasUpstashEnvironment(): boolean {
  return Boolean(process.env["UPSTASH_REDIS_REST_URL"] || process.env["UPSTASH_REDIS_REST_TOKEN"])
}

/**
 * Where the database is.
 *
 * @param given what was passed by hand, also undefined; the environment has what was left out
 * @throws SessionError `SESSION_OPTIONS_INVALID` when one is missing or malformed
 */
export function upstashEnvironment(given: { url?: string | undefined; token?: string | undefined } = {}): {
  url: string
  token: string
} {
  const url = ("url" in given ? given.url : process.env["UPSTASH_REDIS_REST_URL"]) ?? ""
  const token = ("token" in given ? given.token : process.env["UPSTASH_REDIS_REST_TOKEN"]) ?? ""
  if (/^https?:\/\/\S+$/.test(url) && /^\S+$/.test(token)) return { url, token }
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `The Redis store needs UPSTASH_REDIS_REST_URL, an address with its scheme, and ` +
      `UPSTASH_REDIS_REST_TOKEN. Copy both from the database's page in the Upstash console, or leave both out ` +
      `and the default is the cookie store.`,
  )
}
