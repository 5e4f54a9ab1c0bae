import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "../free-port.mjs"

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

/**
 * A Postgres of one's own on loopback, empty, without a care for its disk, and apart from any that the system
 * runs. It ends with `stop()`, at the latest with this process, however that ends; it does not keep this process
 * running.
 */
export async function startPostgres({ port } = {}) {
  const folder = findPostgres()
  if (port !== undefined) return start(folder, port)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(folder, await freePort("127.0.0.1"))
    } catch (error) {
      // Between finding the port and binding it, another process may have taken it.
      if (attempt === 3) throw error
    }
  }
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

  const logFile = join(dir, "postgres.log")
  const log = openSync(logFile, "w")
  const options = Object.entries({ ...settings, unix_socket_directories: dir }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ])
  // Detached: Ctrl+C reaches a whole process group, and the owner may still want to finish its statements.
  const server = spawn(join(folder, "postgres"), ["-D", data, "-p", String(port), ...options], {
    cwd: dir,
    detached: true,
    stdio: ["ignore", log, log],
    ...user,
  })
  closeSync(log)
  await once(server, "spawn")

  // Exit and signal handlers miss SIGKILL. The end of this pipe comes with every kind of death. SIGQUIT: it ends
  // at once, with what it shares among its processes, and then it removes that file.
  const script = `read -r _; kill -QUIT "$1"; n=0
    while [ -e "$2/data/postmaster.pid" ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
    [ -e "$2/data/postmaster.pid" ] && kill -KILL "$1"
    rm -rf "$2"`
  const guard = spawn("sh", ["-c", script, "sh", String(server.pid), dir], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  })
  const ended = Promise.all([once(server, "exit"), once(guard, "exit")])
  for (const handle of [server, guard, guard.stdin]) handle.unref()

  const stop = async () => {
    for (const child of [server, guard]) child.ref()
    guard.stdin.end()
    await ended
  }

  const giveUp = Date.now() + 20_000
  while (!isUp(data, server.pid)) {
    if (server.exitCode !== null || Date.now() > giveUp) {
      const lines = readFileSync(logFile, "utf8").trim().split("\n")
      const reason = lines.find((line) => /could not bind|FATAL/.test(line)) ?? lines.at(-1)
      await stop()
      throw new Error(`postgres did not start on port ${port}: ${reason}`)
    }
    await wait(10)
  }
  server.once("exit", () => guard.stdin.end())
  return { port, url: `postgres://postgres@127.0.0.1:${port}/postgres`, pid: server.pid, dir, stop }
}

/** It writes into a file of its own who it is and that it is ready. */
function isUp(data, pid) {
  const file = join(data, "postmaster.pid")
  if (!existsSync(file)) return false
  const lines = readFileSync(file, "utf8").split("\n")
  return lines[0] === String(pid) && lines[7]?.trim() === "ready"
}
