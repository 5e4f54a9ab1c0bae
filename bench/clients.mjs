import { fileURLToPath } from "node:url"
import { forkChild, stopChild } from "./children.mjs"

const script = fileURLToPath(new URL("client-process.mjs", import.meta.url))

/** In one process, something inside of it could keep its operations from colliding. */
const PROCESSES = 2

/** How long one step may take, in milliseconds: a hang is an error. */
const STEP_TIMEOUT = 300_000

/** Client processes, each doing its part of every step. */
export function startClients(driverSpec) {
  const clients = Array.from({ length: PROCESSES }, () => startClient(driverSpec))
  return {
    /** Runs one step of a scenario in every process at once; each is told which `part` of `parts` it does. */
    each(scenario, step, args) {
      return Promise.all(
        clients.map(({ ask }, part) => ask({ scenario, step, args: { ...args, part, parts: PROCESSES } })),
      )
    },
    stop: () => Promise.all(clients.map(({ child }) => stopChild(child))),
  }
}

function startClient(driverSpec) {
  const child = forkChild(script, { env: { ...process.env, DRIVER: JSON.stringify(driverSpec) } })
  const pending = new Map()
  let calls = 0

  const settle = ({ call, result, error }) => {
    const { resolve, reject, timer } = pending.get(call) ?? {}
    if (!pending.delete(call)) return
    clearTimeout(timer)
    if (error === undefined) resolve(result)
    else reject(new Error(error))
  }
  const failAll = (error) => [...pending.keys()].forEach((call) => settle({ call, error }))
  child.on("message", settle)
  child.on("exit", () => failAll("A client process ended early."))

  function ask(question) {
    const call = (calls += 1)
    return new Promise((resolve, reject) => {
      const late = () => settle({ call, error: `A client process did not answer: ${question.scenario}.` })
      pending.set(call, { resolve, reject, timer: setTimeout(late, STEP_TIMEOUT) })
      child.send({ call, ...question })
    })
  }
  return { child, ask }
}
