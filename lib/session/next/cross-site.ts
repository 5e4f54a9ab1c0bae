import { METHOD_HEADER } from "./headers"
import { browserHost } from "./site"

export const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"]

/**
 * The request's method. `headers()` does not have it; middleware passes it on. Where none ran, only a
 * body tells. No other site's page can add a header without being asked first (CORS preflight).
 */
export function requestMethod(headers: Headers): string {
  const hasBody = headers.has("content-length") || headers.has("transfer-encoding")
  return headers.get(METHOD_HEADER) ?? (hasBody ? "POST" : "GET")
}

/**
 * Whether another site's page may have sent a request that changes something. Next checks this for
 * server actions only. Browsers say where a request comes from in Sec-Fetch-Site, which no page can
 * forge, and older ones in Origin; one that says neither is refused (OWASP CSRF cheat sheet).
 *
 * @param allowedOrigins hosts besides the app's own; `*` stands for one label
 */
export function isCrossSite(method: string, headers: Headers, allowedOrigins: readonly string[]): boolean {
  if (SAFE_METHODS.includes(method)) return false
  const site = headers.get("sec-fetch-site")
  if (site === "same-origin") return false
  const host = hostOf(headers.get("origin") ?? "")
  if (host === undefined) return true
  // To the browser, a page of our host over plain http is another site's.
  const isOurs = host === browserHost(headers) && site !== "cross-site" && site !== "same-site"
  return !isOurs && !allowedOrigins.some((pattern) => matchesHost(pattern, host))
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host || undefined
  } catch {
    return undefined
  }
}

function matchesHost(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase().split(".")
  const labels = host.split(".")
  return wanted.length === labels.length && wanted.every((label, at) => label === "*" || label === labels[at])
}
