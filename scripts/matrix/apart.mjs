import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { argumentsOf, nameOf } from "./options.mjs"

/** Alone a cell takes two minutes; the machine may be busy. */
const LIMIT_MS = 40 * 60_000

/**
 * Runs a cell in a process, and a group, of its own: what hangs is ended with all it started.
 *
 * @returns {Promise<boolean>} whether it is green
 */
export function runApart(cell, flags) {
  const command = fileURLToPath(new URL("run.mjs", import.meta.url))
  const child = spawn(process.execPath, [command, ...argumentsOf(cell), ...flags], {
    stdio: "inherit",
    detached: true,
  })
  const end = () => process.kill(-child.pid, "SIGKILL")
  const timer = setTimeout(() => {
    console.log(`✗ ${nameOf(cell)}: ended after ${LIMIT_MS / 60_000} minutes`)
    end()
  }, LIMIT_MS)
  const interrupt = () => {
    end()
    process.exit(1)
  }
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupt)
  return new Promise((resolve) => {
    child.once("exit", (code) => {
      clearTimeout(timer)
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupt)
      resolve(code === 0)
    })
  })
}
