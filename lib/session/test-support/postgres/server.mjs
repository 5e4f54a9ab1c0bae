import { spawnSync } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { LOG_FILE, onPort, startOwnServer } from "../own-server.mjs"

/**
 * Where `initdb` and `postgres` lie; distributions keep them off the PATH.
 *
 * @returns {string} a folder, of the newest version where there are several
 * @throws Error with how to get one
 */
export function findPostgres() {
  const homes = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"].flatMap((home) =>
    existsSync(home) ? readdirSync(home).map((name) => join(home, name, "bin")) : [],
  )
  const byVersion = (a, b) => Number(/\d+/.exec(b)?.[0] ?? 0) - Number(/\d+/.exec(a)?.[0] ?? 0)
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...homes.toSorted(byVersion)]
  const found = folders.find((path) => ["initdb", "postgres"].every((name) => existsSync(join(path, name))))
  if (found !== undefined) return found
  throw new Error("No postgres found: run `brew install postgresql` or `apt-get install postgresql`.")
}

/** A Postgres of one's own on loopback, empty, without a care for its disk, and apart from any that the system runs. */
export async function startPostgres({ port } = {}) {
  const folder = findPostgres()
  return onPort(port, (given) => start(folder, given))
}

/** Whom Postgres is run as, for it refuses root. */
function owner() {
  if (process.getuid?.() !== 0) return {}
  const lines = readFileSync("/etc/passwd", "utf8").split("\n")
  const accounts = ["postgres", "nobody"].map((name) => lines.find((line) => line.startsWith(`${name}:`)))
  const [, , uid, gid] = accounts.find((line) => line !== undefined)?.split(":") ?? []
  if (uid === undefined)
    throw new Error("Postgres refuses to run as root, and there is no user postgres or nobody.")
  return { uid: Number(uid), gid: Number(gid) }
}

const settings = {
  listen_addresses: "127.0.0.1",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "120",
  shared_buffers: "64MB",
}

async function start(folder, port) {
  const user = owner()
  const dir = mkdtempSync(join(tmpdir(), "session-postgres-"))
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid)
  const data = join(dir, "data")
  const init = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
  const { status, stderr, error } = spawnSync(join(folder, "initdb"), init, {
    cwd: dir,
    encoding: "utf8",
    ...user,
  })
  if (status !== 0) {
    rmSync(dir, { recursive: true, force: true })
    throw new Error(`initdb failed: ${error?.message ?? stderr.trim().split("\n").at(-1)}`)
  }

  const options = Object.entries({ ...settings, unix_socket_directories: dir }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ])
  const { pid, stop } = await startOwnServer({
    name: "postgres",
    command: join(folder, "postgres"),
    port,
    args: ["-D", data, "-p", String(port), ...options],
    dir,
    user,
    end: END,
    isUp: (server) => isUp(data, server),
    seconds: 20,
    reasonIn: (lines) => lines.find((line) => /could not bind|FATAL/.test(line)),
  })
  const logFile = join(dir, LOG_FILE)
  return { port, url: `postgres://postgres@127.0.0.1:${port}/postgres`, pid, dir, logFile, stop }
}

/** SIGQUIT: it ends at once, with what it shares among its processes, and then it removes that file. */
const END = `kill -QUIT "$1"; n=0
  while [ -e "$2/data/postmaster.pid" ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
  [ -e "$2/data/postmaster.pid" ] && kill -KILL "$1"`

/** It writes into a file of its own who it is and that it is ready. */
function isUp(data, pid) {
  const file = join(data, "postmaster.pid")
  if (!existsSync(file)) return false
  const lines = readFileSync(file, "utf8").split("\n")
  return lines[0] === String(pid) && lines[7]?.trim() === "ready"
}
