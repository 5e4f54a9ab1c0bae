import { spawn } from "node:child_process"
import { appendFileSync, mkdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const next = here("../node_modules/next/dist/bin/next")

/** What every server printed, for `output.spec.ts`, which runs last. */
export const serverLogs = here("../test-results/servers")

/**
 * Runs one of Next's commands and keeps what it prints.
 *
 * @param name of the server, under which its output is kept
 */
export function runNext(name, cwd, ...args) {
  mkdirSync(serverLogs, { recursive: true })
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [next, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] })
    for (const output of ["stdout", "stderr"]) {
      child[output].on("data", (chunk) => {
        appendFileSync(`${serverLogs}/${name}.log`, chunk)
        process[output].write(chunk)
      })
    }
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => child.kill(signal))
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`next ${args[0]} ended with ${code}`)),
    )
  })
}
