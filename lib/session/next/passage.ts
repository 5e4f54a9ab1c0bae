import type { NextRequest } from "next/server"
import type { Asker } from "../core/delivery"
import { ANYWHERE } from "../core/flash"
import { withoutTrailingSlash } from "../core/path"
import { askerOf } from "./asker"
import { SAFE_METHODS } from "./cross-site"
import { ACTION_HEADER } from "./headers"
import { pageAt } from "./page"
import { browserHost, redirectPath, refererAddress, type Site } from "./site"

/** A request on its way through middleware, and what the application's middleware made of it. */
export interface Passage {
  readonly asker: Asker
  /** Path and query of the page as the browser names it, without base path. */
  readonly address: string
  /** The path alone, as messages are addressed to it. */
  readonly path: string
  readonly site: Site
  /** Where what is flashed goes: to this page, where the redirect leads, or to the next page. */
  readonly to: string
  readonly redirects: boolean
  /** Whether Next goes on to the page, as opposed to an answer of the middleware's own. */
  readonly renders: boolean
  readonly refererPath: () => string
}

export function passageOf(request: NextRequest, response: Response): Passage {
  const { pathname, search, basePath, host } = request.nextUrl
  const site = { hosts: [browserHost(request.headers), host], basePath }
  const path = withoutTrailingSlash(pathname)
  const location = response.headers.get("location")
  return {
    asker: askerOf(request.method, request.headers),
    address: pathname + search,
    path,
    site,
    to: location === null ? pageOf(request, path) : redirectPath(location, site, path),
    redirects: location !== null,
    renders: response.headers.has("x-middleware-next") || response.headers.has("x-middleware-rewrite"),
    refererPath: () => pageAt(refererAddress(request.headers, site)).path,
  }
}

/** The page that is rendered at a request's path. What a plain form posts to may be a route handler. */
function pageOf({ method, headers }: NextRequest, path: string): string {
  return SAFE_METHODS.includes(method) || headers.has(ACTION_HEADER) ? path : ANYWHERE
}
