/** Every code of an error, a warning or an event. Codes are stable; messages are not. */
export type SessionErrorCode =
  | "SESSION_READ_ONLY"
  | "SESSION_VALUE_NOT_JSON"
  | "SESSION_TOO_LARGE"
  | "SESSION_SECRET_MISSING"
  | "SESSION_SECRET_WEAK"
  | "SESSION_CLIENT_MISSING"
  | "SESSION_STORE_INVALID"
  | "SESSION_STORE_NOT_SHARED"
  | "SESSION_STORE_NEEDS_NODE"
  | "SESSION_STORE_UNAVAILABLE"
  | "SESSION_GONE"
  | "SESSION_ALREADY_PULLED"
  | "SESSION_OPTIONS_INVALID"
  | "SESSION_FLASH_TARGET_INVALID"
  | "SESSION_MESSAGE_INVALID"
  | "SESSION_COMMIT_TOO_LATE"
  | "SESSION_COOKIES_NOT_SENT"
  | "SESSION_COOKIE_WITHHELD"
  | "SESSION_ROUTE_MISSING"
  | "SESSION_NOT_AWAITED"
  | "SESSION_FLASH_NOT_SHOWN"
  | "SESSION_VALUE_NOT_NUMBER"
  | "SESSION_ACTION_FORWARDED"
  | "SESSION_MIDDLEWARE_NOT_COMPOSED"
  | "SESSION_MIDDLEWARE_MISSING"
  | "SESSION_NOT_COMMITTED"
  | "SESSION_PLAIN_HTTP"
  | "SESSION_CROSS_SITE"
  | "SESSION_UNREADABLE"
  | "SESSION_ENDED"
  | "SESSION_FLASH_EXPIRED"
  | "SESSION_INPUT_TRIMMED"
  | "SESSION_FORM_TOO_LARGE"
  | "SESSION_STORE_SLOW"
  | "SESSION_TEST_MISUSED"
  | "SESSION_NEXT_UNSUPPORTED"

/** Where each code has a section: its cause, and what to do. */
const PAGE = "https://github.com/next-session-kit/next-session-kit/blob/main/docs/errors.md"

/** A text as it is printed and thrown: with its code, and where to read on. */
export function withCode(code: SessionErrorCode, text: string): string {
  return `[session] ${text} (${code}: ${PAGE}#${code.toLowerCase()})`
}

/**
 * The one error class of the kit.
 *
 * `message` says what is wrong, the rule and the next step, and ends with where to read on; it never contains
 * an id, a token, a secret or a stored value. Branch on `code`.
 */
export class SessionError extends Error {
  override readonly name = "SessionError"
  readonly code: SessionErrorCode

  constructor(code: SessionErrorCode, message: string, options?: ErrorOptions) {
    super(withCode(code, message), options)
    this.code = code
  }
}
