import { findRedisServer } from "../../lib/session/test-support/redis/server.mjs"
import { installPackages } from "../debian.mjs"

/** Makes sure that there is a redis-server: where there is none, root gets Debian's package, everyone else an error. */
export function ensureRedisServer() {
  try {
    findRedisServer()
  } catch (error) {
    if (!installPackages("redis-server")) throw error
    findRedisServer()
  }
}
