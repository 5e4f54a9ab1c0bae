import type { SessionError } from "../core/errors"

/** Whether the answer carries the cookies of a commit to the browser. */
export type CookieAccess =
  | { readonly reach: "browser" }
  /** Nobody gets them, or it is not known; `refusal` is the error when they cannot be done without. */
  | UncertainAccess

interface UncertainAccess {
  readonly reach: "nobody" | "perhaps"
  readonly refusal: () => SessionError
}
