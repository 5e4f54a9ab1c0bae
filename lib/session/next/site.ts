import { localPathAndQuery, normalizePath } from "../core/path"
import { ANYWHERE } from "../core/flash"
import { isHttps } from "./cookies"
import { BASE_PATH_HEADER } from "./headers"

/** Which addresses are this app's. */
export interface Site {
  /** Host and port as the browser names them, and as Next does: they differ behind a proxy. */
  readonly hosts: readonly string[]
  /** next.config's `basePath`, `""` when there is none. Paths inside the kit never contain it. */
  readonly basePath: string
}

/** The site as a page, action or route handler sees it. */
export function readSite(headers: Headers): Site {
  const basePath = normalizePath(headers.get(BASE_PATH_HEADER) ?? "") ?? "/"
  return { hosts: [browserHost(headers)], basePath: basePath === "/" ? "" : basePath }
}

/** Host and port as a browser would name them: in lower case, without the port that the scheme implies. */
export function browserHost(headers: Headers): string {
  const named = headers.get("x-forwarded-host")?.split(",")[0]?.trim() || headers.get("host") || ""
  return parseUrl(`${isHttps(headers) ? "https" : "http"}://${named}`, "http://_")?.host ?? named
}

/**
 * The path and query of an address of this app, without base path; undefined for any other site's.
 *
 * @param from the page a relative address starts at, path and query
 */
export function localAddress(address: string, site: Site, from = "/"): string | undefined {
  const url = parseUrl(address, `http://${site.hosts[0]}${from}`)
  if (url === undefined || !site.hosts.includes(url.host)) return undefined
  const { basePath } = site
  const inside = basePath !== "" && (url.pathname === basePath || url.pathname.startsWith(`${basePath}/`))
  const path = inside ? url.pathname.slice(basePath.length) || "/" : url.pathname
  return localPathAndQuery(path + url.search)
}

/** The path a redirect leads to, or `ANYWHERE` when it leaves the app. */
export function redirectPath(location: string, site: Site, from: string): string {
  const address = localAddress(location, site, from)
  return (address && normalizePath(address)) ?? ANYWHERE
}

/** The page that a same-site Referer names, path and query without base path. */
export function refererAddress(headers: Headers, site: Site): string | undefined {
  const referer = headers.get("referer") ?? ""
  return /^https?:/.test(referer) ? localAddress(referer, site) : undefined
}

function parseUrl(address: string, base: string): URL | undefined {
  try {
    return new URL(address, base)
  } catch {
    return undefined
  }
}
