/**
 * The path by which a page is compared with a flash's target: percent-encoded as a URL is, without
 * query, hash and trailing slash.
 *
 * @returns undefined for anything that could lead off the site: no leading slash, `//host`, `/\host`
 */
export function normalizePath(path: string): string | undefined {
  const url = parseLocalUrl(path)
  return url === undefined ? undefined : withoutTrailingSlash(url.pathname)
}

/** Path and query of a local address, safe to redirect to; undefined when it could lead off the site. */
export function localPathAndQuery(address: string): string | undefined {
  const url = parseLocalUrl(address)
  return url === undefined ? undefined : url.pathname + url.search
}

/** A whole local address, with query and fragment, as browsers write it; undefined when it could lead off the site. */
export function localHref(address: string): string | undefined {
  const url = parseLocalUrl(address)
  return url === undefined ? undefined : url.pathname + url.search + url.hash
}

/** By hand: for a regular expression, a long run of slashes in a Referer takes half a second. */
export function withoutTrailingSlash(pathname: string): string {
  let end = pathname.length
  while (end > 1 && pathname[end - 1] === "/") end -= 1
  return pathname.slice(0, end)
}

const PLACEHOLDER_ORIGIN = "http://local.invalid"

function parseLocalUrl(address: string): URL | undefined {
  if (!address.startsWith("/")) return undefined
  try {
    const url = new URL(address, PLACEHOLDER_ORIGIN)
    // "//host", "/\host" and "/<tab>/host" parse to another origin.
    return url.origin === PLACEHOLDER_ORIGIN && !url.pathname.startsWith("//") ? url : undefined
  } catch {
    return undefined
  }
}
