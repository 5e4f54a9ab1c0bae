export const NO_STORE = "private, no-store"

/**
 * A shared cache must not keep one person's cookie for others (nextjs-auth0 CVE-2025-48947), nor what was
 * made of their session, unless the application says so.
 *
 * @returns the same response, but for one of `fetch` or `Response.redirect`, whose headers cannot be changed
 */
export function notStorable<Answer extends Response>(
  response: Answer,
  setsCookies: boolean,
): Answer | Response {
  if (!setsCookies && response.headers.has("cache-control")) return response
  try {
    response.headers.set("cache-control", NO_STORE)
    return response
  } catch {
    const copy = new Response(response.body, response)
    copy.headers.set("cache-control", NO_STORE)
    return copy
  }
}
