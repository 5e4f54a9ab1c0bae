import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { SessionError } from "../../core/errors"
import { MAKE_A_SECRET } from "./secret"

/** In the folder the app is started from, so that neither `npm ci` nor a new build signs anybody out. */
const FOLDER = ".next-session-kit"

/**
 * Development's own secret, where none has to be set: made once and kept in a file that git ignores, so that a
 * restart signs nobody out. The environment carries it to every bundle, the Edge runtime's included, which can
 * read no file.
 *
 * @throws SessionError `SESSION_SECRET_MISSING` when that file cannot be written
 */
export function setDevelopmentSecret(): void {
  process.env["SESSION_SECRET"] ||= developmentSecret()
}

function developmentSecret(): string {
  const folder = join(process.cwd(), FOLDER)
  const file = join(folder, "development-secret")
  try {
    mkdirSync(folder, { recursive: true })
    writeOnce(join(folder, ".gitignore"), "*\n")
    writeOnce(file, randomBytes(32).toString("base64"))
    return readFileSync(file, "utf8").trim()
  } catch (error) {
    throw new SessionError(
      "SESSION_SECRET_MISSING",
      `The secret for development could not be kept in ${FOLDER}. Make the app's folder writable, or set ` +
        `SESSION_SECRET; this command makes one: ${MAKE_A_SECRET}.`,
      { cause: error },
    )
  }
}

/** Another process may have been first; its file stays. */
function writeOnce(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx", mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  }
}
