import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { readSecrets } from "./secret.ts"

/**
 * Makes sure there is a good secret before the first request. In development, where none has to be
 * set, it makes one and keeps it in a file that git ignores, so that a restart signs nobody out; the
 * environment carries it to every bundle, the Edge runtime's included, which can read no file.
 *
 * @throws SessionError `SESSION_SECRET_MISSING`, `SESSION_SECRET_WEAK`
 */
export function prepareSecret(): void {
  if (process.env.NODE_ENV === "development") process.env.SESSION_SECRET ||= developmentSecret()
  readSecrets(undefined)
}

function developmentSecret(): string {
  const file = join(process.cwd(), "node_modules", ".cache", "next-session-kit", "development-secret")
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600 })
  }
  return readFileSync(file, "utf8").trim()
}
