import type { FormFeedback } from "../core/flash"
import { localPathAndQuery } from "../core/path"

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
