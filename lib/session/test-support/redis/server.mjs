import { existsSync, mkdtempSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { onPort, startOwnServer } from "../own-server.mjs"

/** @throws Error with how to get one */
export function findRedisServer() {
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "redis-server"))
  const found = [...onPath, "/usr/bin/redis-server"].find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new Error("No redis-server found: run `brew install redis` or `apt-get install redis-server`.")
}

/**
 * A Redis of one's own on loopback, empty and kept in memory.
 *
 * @param {{ port?: number, more?: () => Promise<string[]> }} [options] `more`: arguments besides, asked for at each try
 */
export async function startRedis({ port, more = async () => [] } = {}) {
  const command = findRedisServer()
  return onPort(port, async (given) => start(command, given, await more()))
}

async function start(command, port, more) {
  const { pid, stop } = await startOwnServer({
    name: "redis-server",
    command,
    port,
    args: ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--port", String(port), ...more],
    dir: mkdtempSync(join(tmpdir(), "session-redis-")),
    end: 'kill -9 "$1"',
    isUp: (server) => isUp(server, port),
    seconds: 10,
    reasonIn: () => undefined,
  })
  return { port, url: `redis://127.0.0.1:${port}`, pid, stop }
}

/** Asked for its process id, lest another Redis on this port pass for the one just started. */
function isUp(pid, port) {
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
