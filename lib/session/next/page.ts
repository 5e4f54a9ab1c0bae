import { ANYWHERE } from "../core/flash.ts"
import { localPathAndQuery, normalizePath } from "../core/path.ts"
import { PAGE_HEADER } from "./headers.ts"

/** The page a request came from. */
export interface Page {
  /** Path and query, safe to redirect to; undefined when nothing tells. */
  readonly address: string | undefined
  /** The path alone, normalised; `""` when nothing tells. */
  readonly path: string
}

/**
 * For an action the page it was posted to, as middleware saw it; otherwise a same-origin Referer.
 * Never an address off the site, whatever the request says.
 */
export function readPage(headers: Headers, isAction: boolean): Page {
  const fromMiddleware = isAction ? headers.get(PAGE_HEADER) : null
  const address = localPathAndQuery(fromMiddleware ?? refererOf(headers) ?? "")
  return { address, path: (address && normalizePath(address)) ?? "" }
}

/** The path of the page that a same-origin Referer names. */
export function refererPath(headers: Headers): string | undefined {
  const referer = refererOf(headers)
  return referer === undefined ? undefined : normalizePath(referer)
}

function refererOf(headers: Headers): string | undefined {
  const url = parseUrl(headers.get("referer"))
  return url !== undefined && url.host === hostOf(headers) ? url.pathname + url.search : undefined
}

/**
 * The path that `target` names for the browser: relative targets start at `page`, an address on
 * another site is `ANYWHERE`.
 */
export function redirectPath(target: string, headers: Headers, page: Page): string {
  const host = hostOf(headers)
  const url = parseUrl(target, `http://${host}${page.address ?? "/"}`)
  return url?.host === host ? (normalizePath(url.pathname) ?? ANYWHERE) : ANYWHERE
}

function hostOf(headers: Headers): string {
  return headers.get("x-forwarded-host")?.split(",")[0]?.trim() ?? headers.get("host") ?? ""
}

function parseUrl(url: string | null, base?: string): URL | undefined {
  try {
    return url === null ? undefined : new URL(url, base)
  } catch {
    return undefined
  }
}
