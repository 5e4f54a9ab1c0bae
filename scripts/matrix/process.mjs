import { spawn } from "node:child_process"
import { closeSync, openSync, readFileSync } from "node:fs"

/**
 * Runs a command to its end; what it prints goes into a file.
 *
 * @param {{ cwd: string, log: string, env?: Record<string, string> }} options
 * @throws Error with the command and the last lines of its output
 */
export async function run(command, args, { cwd, log, env = {} }) {
  const code = await start(command, args, { cwd, log, env }).ended
  if (code === 0) return
  const tail = readFileSync(log, "utf8").trimEnd().split("\n").slice(-15).join("\n")
  throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${tail}`)
}

/**
 * Starts a command; what it prints is appended to a file.
 *
 * @returns {{ ended: Promise<number | null>, stop: () => Promise<void> }}
 */
export function start(command, args, { cwd, log, env = {} }) {
  const output = openSync(log, "a")
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
  })
  closeSync(output)
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", resolve)
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM")
    await ended
  }
  return { ended, stop }
}
