import type { Site } from "./site"

/**
 * The address for a browser. Next's router adds the base path to what it follows, but Next 16.4 sends a
 * form post's 303 as it was given, which leads out of an app that has one.
 */
export function withBasePath(url: string, { basePath }: Site): string {
  const isBare = /^\/(?![/\\])/.test(url)
  if (basePath === "" || !isBare || `${url}/`.startsWith(`${basePath}/`)) return url
  return basePath + url
}

/** As `redirect("/naïve")` means it: a header carries ASCII only, and a line break would end it. */
export function asciiUrl(url: string): string {
  return url.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[^!-~]+/g, encodeURIComponent)
}
