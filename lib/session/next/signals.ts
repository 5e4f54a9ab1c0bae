import type { FormFeedback } from "../core/flash"
import { localPathAndQuery } from "../core/path"

/**
 * Errors that are not failures: Next ends a request by throwing, and so do `validate` and `back`.
 */

export interface BackSignalOptions {
  /** Where to go when nothing tells which page the form is on. A path of this app; default `/`. */
  fallback?: string | undefined
  /** What the form gets back. */
  feedback?: FormFeedback | undefined
  /** The page the form says it is on. */
  formPage?: string | undefined
}

/** Thrown by `validate` and `back`; `withSession` turns it into the way back to the form. */
export class BackSignal extends Error {
  override readonly name = "BackSignal"
  readonly fallback: string
  readonly feedback: FormFeedback | undefined
  /** Path and query of the page the form says it is on, when that is one of this app. */
  readonly formPage: string | undefined

  constructor(options: BackSignalOptions) {
    super("This ends a withSession() callback. Let it pass: rethrowSessionSignal(error) in your catch block.")
    this.fallback = localPathAndQuery(options.fallback ?? "/") ?? "/"
    this.feedback = options.feedback
    this.formPage = localPathAndQuery(options.formPage ?? "")
  }
}

/**
 * For an application's own try/catch inside `withSession`: rethrows the signal by which `validate`
 * and `back` end the callback, and returns for every other error. Next's own signals pass with
 * `unstable_rethrow` from next/navigation.
 */
export function rethrowSessionSignal(error: unknown): void {
  if (error instanceof BackSignal) throw error
}

export interface NextRedirect {
  readonly kind: "redirect"
  readonly url: string
  /** Whether the browser's history gets an entry. */
  readonly type: "push" | "replace"
  readonly status: number
}

export interface NextHttpError {
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
