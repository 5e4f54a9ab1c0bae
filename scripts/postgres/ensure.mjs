import { findPostgres } from "../../lib/session/test-support/postgres/server.mjs"
import { installPackages } from "../debian.mjs"

/** Makes sure that there is a Postgres: where there is none, root gets Debian's package, everyone else an error. */
export function ensurePostgres() {
  try {
    findPostgres()
  } catch (error) {
    if (!installPackages("postgresql")) throw error
    findPostgres()
  }
}
