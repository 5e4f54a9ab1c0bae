import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { forkChild, stopChild } from "../children.mjs"

/** A process of its own, started by the first question and asked one thing at a time. */
export function startHelper(script, env = {}) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  let child
  let calls = 0
  return {
    async ask(question, milliseconds = 60_000) {
      child ??= forkChild(path, { env: { ...process.env, ...env } })
      const call = (calls += 1)
      const controller = new AbortController()
      const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(milliseconds)])
      const ended = once(child, "exit", { signal }).then(([code]) => {
        throw new Error(`${script} ended with ${code}`)
      })
      ended.catch(() => {})
      try {
        const answer = once(child, "message", { signal })
        child.send({ call, ...question })
        const [{ result, error }] = await Promise.race([answer, ended])
        if (error !== undefined) throw new Error(error)
        return result
      } finally {
        controller.abort()
      }
    },
    stop: async () => child && stopChild(child),
  }
}
