import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "./free-port.mjs"

/** What a server prints, in its folder. */
export const LOG_FILE = "server.log"

/**
 * Starts something on a port that is free, or on one that was chosen.
 *
 * @template Started
 * @param {number | undefined} chosen
 * @param {(port: number) => Promise<Started>} start
 * @returns {Promise<Started>}
 */
export async function onPort(chosen, start) {
  if (chosen !== undefined) return start(chosen)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort("127.0.0.1"))
    } catch (error) {
      // Between finding the port and binding it, another process may have taken it.
      if (attempt === 3) throw error
    }
  }
}

/**
 * @typedef {object} OwnServer
 * @property {string} name for people
 * @property {string} command
 * @property {number} port
 * @property {readonly string[]} args
 * @property {string} dir its folder, which goes with it
 * @property {{ uid?: number, gid?: number }} [user] whom it is run as, when not by ourselves
 * @property {string} end what ends it, in `sh`: $1 is its process id, $2 its folder
 * @property {(pid: number) => boolean | Promise<boolean>} isUp
 * @property {number} seconds how long it may take to be up
 * @property {(lines: readonly string[]) => string | undefined} reasonIn why it did not come up, by its log
 */

/**
 * A server of one's own. It ends with `stop()`, at the latest with this process, however that ends; it does not
 * keep this process running.
 *
 * @param {OwnServer} server
 * @returns {Promise<{ pid: number, stop: () => Promise<void> }>}
 */
export async function startOwnServer({ name, port, ...server }) {
  const { command, args, dir, user = {}, end, isUp, seconds, reasonIn } = server
  const logFile = join(dir, LOG_FILE)
  const log = openSync(logFile, "w")
  // Detached: Ctrl+C reaches a whole process group, and the owner may still want to finish what it asks for.
  const child = spawn(command, args, { cwd: dir, detached: true, stdio: ["ignore", log, log], ...user })
  closeSync(log)
  await once(child, "spawn")
  const { pid = 0 } = child

  // Exit and signal handlers miss SIGKILL. The end of this pipe comes with every kind of death.
  const script = `read -r _; ${end}; rm -rf "$2"`
  const guard = spawn("sh", ["-c", script, "sh", String(pid), dir], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  })
  const ended = Promise.all([once(child, "exit"), once(guard, "exit")])
  for (const handle of [child, guard, guard.stdin]) handle.unref()

  const stop = async () => {
    for (const each of [child, guard]) each.ref()
    guard.stdin.end()
    await ended
  }

  const giveUp = Date.now() + seconds * 1000
  while (!(await isUp(pid))) {
    if (child.exitCode !== null || Date.now() > giveUp) {
      const lines = readFileSync(logFile, "utf8").trim().split("\n")
      await stop()
      throw new Error(`${name} did not start on port ${port}: ${reasonIn(lines) ?? lines.at(-1)}`)
    }
    await wait(5)
  }
  child.once("exit", () => guard.stdin.end())
  return { pid, stop }
}
