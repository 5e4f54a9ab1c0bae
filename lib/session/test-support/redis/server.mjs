import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "../free-port.mjs"

/** @throws Error with how to get one */
export function findRedisServer() {
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "redis-server"))
  const found = [...onPath, "/usr/bin/redis-server"].find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new Error("No redis-server found: run `brew install redis` or `apt-get install redis-server`.")
}

/**
 * A Redis of one's own on loopback, empty and kept in memory. It ends with `stop()`, at the latest with
 * this process, however that ends; it does not keep this process running.
 *
 * @param {{ port?: number, more?: () => Promise<string[]> }} [options] `more`: arguments besides, asked for at each try
 */
export async function startRedis({ port, more = async () => [] } = {}) {
  const command = findRedisServer()
  if (port !== undefined) return start(command, port, await more())
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(command, await freePort("127.0.0.1"), await more())
    } catch (error) {
      // Between finding the port and binding it, another process may have taken it.
      if (attempt === 3) throw error
    }
  }
}

async function start(command, port, more) {
  const dir = mkdtempSync(join(tmpdir(), "session-redis-"))
  const logFile = join(dir, "redis.log")
  const log = openSync(logFile, "w")
  const args = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--port", String(port), ...more]
  // Detached: Ctrl+C reaches a whole process group, and the owner may still want to finish its requests.
  const server = spawn(command, args, { cwd: dir, detached: true, stdio: ["ignore", log, log] })
  closeSync(log)
  await once(server, "spawn")

  // Exit and signal handlers miss SIGKILL. The end of this pipe comes with every kind of death.
  const guard = spawn("sh", ["-c", 'read -r _; kill -9 "$1"; rm -rf "$2"', "sh", String(server.pid), dir], {
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

  const giveUp = Date.now() + 10_000
  while (!(await isUp(server, port))) {
    if (server.exitCode !== null || Date.now() > giveUp) {
      const reason = readFileSync(logFile, "utf8").trim().split("\n").at(-1)
      await stop()
      throw new Error(`redis-server did not start on port ${port}: ${reason}`)
    }
    await wait(5)
  }
  server.once("exit", () => guard.stdin.end())
  return { port, url: `redis://127.0.0.1:${port}`, pid: server.pid, stop }
}

/** Asked for its process id, lest another Redis on this port pass for the one just started. */
function isUp({ pid }, port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("INFO server\r\n"))
    const done = (answer) => {
      resolve(answer)
      socket.destroy()
    }
    socket.on("data", (data) => done(data.includes(`process_id:${pid}\r`)))
    socket.on("error", () => done(false))
    socket.on("close", () => done(false))
    socket.setTimeout(1000, () => done(false))
  })
}
