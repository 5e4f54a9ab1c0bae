import { spawn } from "node:child_process"
import { isAboutTheMachine } from "../../e2e/server-complaints.mjs"

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/**
 * Runs a command, prints it with the seconds it took, and returns all it said.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined>, shown?: string }} options `env` on top of
 *   this process's own; `shown` is what the transcript says instead of the command
 * @returns {Promise<string>} stdout and stderr as they came, without colours
 * @throws Error with the output, when the command fails
 */
export async function run(command, args, { cwd, env = {}, shown = [command, ...args].join(" ") }) {
  const start = performance.now()
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", FORCE_COLOR: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk))
  const status = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve))
  console.log(`$ ${shown}  # ${seconds(start)}`)
  if (status !== 0) throw new Error(`\`${shown}\` ended with ${status}:\n${output}`)
  return output
}

/**
 * The lines of a build's or server's output that warn or complain.
 *
 * @param {string} output
 * @returns {string[]}
 */
export function complaints(output) {
  return output
    .split("\n")
    .filter((line) => /error|warn|deprecat|invalid|⚠|⨯|fail/i.test(line) && !isAboutTheMachine(line))
}

/**
 * @param {string} where for the message
 * @param {string} output
 * @throws Error with all of the output, when any line of it complains
 */
export function mustBeQuiet(where, output) {
  const found = complaints(output)
  if (found.length === 0) return
  throw new Error(`${where} said:\n${found.join("\n")}\n\nAll of it:\n${output}`)
}
