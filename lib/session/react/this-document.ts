/** Where this document came from. */

/** The path it was loaded for, without base path, wherever the router has gone since. */
export function openedBy(path: string): string {
  return appPath(navigationEntry()?.name ?? "", path)
}

/**
 * Whether the document before this one made room for it by itself: by a meta refresh, or a redirect that its
 * scripts carried out. Older browsers do not tell.
 */
export function replacedItself(ifUnknown = false): boolean {
  const activation = navigationApi()?.activation
  return activation ? activation.navigationType === "replace" : ifUnknown
}

/**
 * Whether this tab has a page of this path in its history. Older browsers do not tell: then it may have.
 *
 * @param path without base path
 * @param here the page's own path, without base path
 */
export function mayHaveBeenAt(path: string, here: string): boolean {
  const entries = navigationApi()?.entries?.()
  return entries?.some(({ url }) => appPath(url ?? "", here) === path) ?? true
}

/** Not in TypeScript's own types yet. Source: HTML Standard, "Navigation API". */
interface NavigationApi {
  readonly activation?: { readonly navigationType: string } | null
  entries?(): readonly { readonly url: string | null }[]
}

function navigationApi(): NavigationApi | undefined {
  return (window as { readonly navigation?: NavigationApi }).navigation
}

/** Whether the person moved through the history to it, or loaded it again. */
export function isRevisited(): boolean {
  return navigationEntry()?.type !== "navigate"
}

function navigationEntry(): PerformanceNavigationTiming | undefined {
  const [entry] = performance.getEntriesByType("navigation")
  return entry as PerformanceNavigationTiming | undefined
}

/**
 * The path of an address of this app without base path; `""` for another site's.
 *
 * @param path the page's path without base path
 */
export function appPath(address: string, path: string): string {
  if (!address.startsWith(`${location.origin}/`)) return ""
  return withoutSlash(new URL(address).pathname).slice(basePathOf(path).length) || "/"
}

export function basePathOf(path: string): string {
  const mounted = withoutSlash(location.pathname)
  return mounted.slice(0, mounted.length - withoutSlash(path).length)
}

function withoutSlash(pathname: string): string {
  return pathname.replace(/\/+$/, "")
}
