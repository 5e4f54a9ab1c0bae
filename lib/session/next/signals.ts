/** Errors that are not failures: Next ends a request by throwing. `validate` and `back` do so too (forms/back-signal). */

export interface NextRedirect {
  readonly kind: "redirect"
  readonly url: string
  /** Whether the browser's history gets an entry. */
  readonly type: "push" | "replace"
  readonly status: number
}

interface NextHttpError {
  readonly kind: "http-error"
  readonly status: number
}

export type NextSignal = NextRedirect | NextHttpError

/**
 * What `redirect()`, `notFound()`, `forbidden()` and `unauthorized()` throw. Next exports no reader
 * for them, only `unstable_rethrow`; the digest is what its own client decodes.
 */
export function readNextSignal(error: unknown): NextSignal | undefined {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined
  if (typeof digest !== "string") return undefined

  const parts = digest.split(";")
  if (parts[0] === "NEXT_REDIRECT" && parts.length >= 5) {
    const type = parts[1] === "push" ? "push" : "replace"
    return { kind: "redirect", url: parts.slice(2, -2).join(";"), type, status: Number(parts.at(-2)) }
  }
  const status = Number(parts[1])
  if (parts[0] === "NEXT_HTTP_ERROR_FALLBACK" && Number.isInteger(status))
    return { kind: "http-error", status }
  return undefined
}

/**
 * What Next itself throws for a redirect, with a status of our choice: `redirect()` offers 307 and 308
 * only, and in a route handler 307 would repeat a POST. Next reads nothing but the digest
 * (`handleHandlerError` in its route-modules/app-route/module).
 */
export function redirectSignal({ url, type, status }: Omit<NextRedirect, "kind">): Error {
  return Object.assign(new Error("NEXT_REDIRECT"), { digest: `NEXT_REDIRECT;${type};${url};${status};` })
}

/** What `forbidden()` throws, without the experimental flag it asks for. */
export function forbiddenSignal(): Error {
  return Object.assign(new Error("NEXT_HTTP_ERROR_FALLBACK;403"), { digest: "NEXT_HTTP_ERROR_FALLBACK;403" })
}
