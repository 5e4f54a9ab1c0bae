import { SessionError } from "../../core/errors"
import { MIN_SECRET_CHARACTERS } from "../../core/limits"
import { isWeak } from "./weak-secret"

export interface GivenSecret {
  readonly secret?: string | readonly string[] | undefined
}

export const MAKE_A_SECRET = "openssl rand -base64 32"

/**
 * The secrets to seal with, newest first.
 *
 * @param given `secret` is one secret or a list; where it is left out the environment variable SESSION_SECRET
 *   is meant, which may hold several separated by commas. Given as undefined it is missing: another variable
 *   that is not set must not make the sessions of two setups open with one secret.
 * @throws SessionError `SESSION_SECRET_MISSING`, `SESSION_SECRET_WEAK`
 */
export function readSecrets(given: GivenSecret): string[] {
  const isGiven = "secret" in given
  const secrets = listOf((isGiven ? given.secret : process.env["SESSION_SECRET"]) ?? "")
  if (secrets.length === 0) throw isGiven ? noTextGiven() : noSecret()
  if (secrets.some(isWeak)) {
    throw new SessionError(
      "SESSION_SECRET_WEAK",
      `A session secret is too easy to guess. Each one needs at least ${MIN_SECRET_CHARACTERS} ` +
        `random characters. This command makes one: ${MAKE_A_SECRET}.`,
    )
  }
  return secrets
}

/**
 * Tells secrets that were given by hand from others, for comparison alone. Those of the environment have one
 * name, for in development they may not be there yet.
 */
export function secretIdentity(given: GivenSecret): string {
  const own = JSON.stringify(listOf(given.secret ?? ""))
  const isEnvironment =
    !("secret" in given) || own === JSON.stringify(listOf(process.env["SESSION_SECRET"] ?? ""))
  return isEnvironment ? "of the environment" : own
}

function listOf(source: string | readonly string[]): string[] {
  const secrets = typeof source === "string" ? source.split(",") : source
  return secrets.map((secret) => secret.trim()).filter((secret) => secret !== "")
}

function noSecret(): SessionError {
  // Node makes one by itself then.
  const way =
    process.env.NODE_ENV === "development"
      ? "In development, the Edge runtime has one when instrumentation.ts calls register() (docs/adding.md). Or: "
      : ""
  return new SessionError(
    "SESSION_SECRET_MISSING",
    `The cookie store has no secret to seal sessions with. ${way}` +
      `Set SESSION_SECRET to a random string of at least ${MIN_SECRET_CHARACTERS} characters; ` +
      `this command makes one: ${MAKE_A_SECRET}.`,
  )
}

function noTextGiven(): SessionError {
  return new SessionError(
    "SESSION_SECRET_MISSING",
    `cookieStore({ secret }) was given no text: undefined, perhaps, as of an environment variable that is not set. ` +
      `Give it a random string of at least ${MIN_SECRET_CHARACTERS} characters, or leave it out for SESSION_SECRET.`,
  )
}
