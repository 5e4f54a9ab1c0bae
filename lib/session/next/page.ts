import { localPathAndQuery, normalizePath } from "../core/path"
import { PAGE_HEADER } from "./headers"
import { refererAddress, type Site } from "./site"

/** The page a request came from. */
export interface Page {
  /** Path and query without base path, safe to redirect to; undefined when nothing tells. */
  readonly address: string | undefined
  /** The path alone, normalised; `""` when nothing tells. */
  readonly path: string
}

/**
 * For an action the page it was posted to, as middleware saw it; otherwise a same-site Referer.
 * Never an address off the site, whatever the request says.
 */
export function readPage(headers: Headers, site: Site, isAction: boolean): Page {
  const posted = isAction ? localPathAndQuery(headers.get(PAGE_HEADER) ?? "") : undefined
  return pageAt(posted ?? refererAddress(headers, site))
}

/** @param address path and query without base path */
export function pageAt(address: string | undefined): Page {
  return { address, path: (address && normalizePath(address)) ?? "" }
}
