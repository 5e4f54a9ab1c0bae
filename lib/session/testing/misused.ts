import { SessionError } from "../core/errors"

/** @param message what is wrong, the rule and the next step */
export function misused(message: string): SessionError {
  return new SessionError("SESSION_TEST_MISUSED", message)
}
