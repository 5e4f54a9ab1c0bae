import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { forkChild, stopChild } from "./children.mjs"

const script = fileURLToPath(new URL("client-process.mjs", import.meta.url))

/** In one process, something inside of it could keep its operations from colliding. */
const PROCESSES = 2

/** Client processes, each doing its part of every step. */
export function startClients(driverSpec) {
  const env = { ...process.env, DRIVER: JSON.stringify(driverSpec) }
  const children = Array.from({ length: PROCESSES }, () => forkChild(script, { env }))
  let calls = 0

  async function ask(child, question) {
    const call = (calls += 1)
    const controller = new AbortController()
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(600_000)])
    const dead = once(child, "exit", { signal }).then(() => {
      throw new Error("A client process ended early.")
    })
    dead.catch(() => {})
    try {
      const answer = answered(child, call, signal)
      child.send({ call, ...question })
      return await Promise.race([answer, dead])
    } finally {
      controller.abort()
    }
  }

  return {
    /** Runs one step of a scenario in every process at once; each is told which `part` of `parts` it does. */
    each(scenario, step, args) {
      return Promise.all(
        children.map((child, part) =>
          ask(child, { scenario, step, args: { ...args, part, parts: PROCESSES } }),
        ),
      )
    },
    stop: () => Promise.all(children.map(stopChild)),
  }
}

function answered(child, call, signal) {
  return new Promise((resolve, reject) => {
    const listen = (message) => {
      if (message.call !== call) return
      child.off("message", listen)
      if (message.error === undefined) resolve(message.result)
      else reject(new Error(message.error))
    }
    child.on("message", listen)
    signal.addEventListener("abort", () => {
      child.off("message", listen)
      reject(new Error("A client process did not answer."))
    })
  })
}
