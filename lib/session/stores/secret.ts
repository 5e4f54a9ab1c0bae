import { SessionError } from "../core/errors.ts"

/** iron-session's own minimum; 32 random bytes in base64 are 44 characters. */
const MIN_SECRET_LENGTH = 32

/** Too short, too few different characters, or a piece repeated: `12345678` four times. */
function isWeak(secret: string): boolean {
  const repeats = `${secret}${secret}`.indexOf(secret, 1) < secret.length
  const startsOver = /^(.{1,12})\1\1/s.test(secret)
  return secret.length < MIN_SECRET_LENGTH || new Set(secret).size < 8 || repeats || startsOver
}

export const MAKE_A_SECRET = "openssl rand -base64 32"

/**
 * The secrets to seal with, newest first.
 *
 * @param given one secret, a list, or undefined for the environment variable SESSION_SECRET, which
 *   may hold several separated by commas
 * @throws SessionError `SESSION_SECRET_MISSING`, `SESSION_SECRET_WEAK`
 */
export function readSecrets(given: string | readonly string[] | undefined): string[] {
  const source = given ?? process.env.SESSION_SECRET ?? ""
  const secrets = (typeof source === "string" ? source.split(",") : [...source])
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "")
  if (secrets.length === 0) {
    throw new SessionError(
      "SESSION_SECRET_MISSING",
      `The cookie store has no secret to seal sessions with. ` +
        `Set SESSION_SECRET to a random string of at least ${MIN_SECRET_LENGTH} characters; ` +
        `this command makes one: ${MAKE_A_SECRET}.`,
    )
  }
  if (secrets.some(isWeak)) {
    throw new SessionError(
      "SESSION_SECRET_WEAK",
      `A session secret is too easy to guess. Each one needs at least ${MIN_SECRET_LENGTH} ` +
        `random characters. This command makes one: ${MAKE_A_SECRET}.`,
    )
  }
  return secrets
}
