import { fork, spawn } from "node:child_process"
import { once } from "node:events"

const children = new Set()

/** Starts a Node script with a message channel. */
export function forkChild(script, options = {}) {
  return tracked(fork(script, { execArgv: [], ...options }))
}

export function spawnChild(command, args, options = {}) {
  return tracked(spawn(command, args, options))
}

/** The first message of a forked child; an error when it ends without one. */
export async function firstMessage(child) {
  const controller = new AbortController()
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(30_000)])
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`${child.spawnargs[1]} ended with ${code} before it was ready`)
  })
  try {
    const [message] = await Promise.race([once(child, "message", { signal }), ended])
    return message
  } finally {
    ended.catch(() => {})
    controller.abort()
  }
}

export async function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, "exit")
  child.kill("SIGKILL")
  await ended
}

function tracked(child) {
  children.add(child)
  child.once("exit", () => children.delete(child))
  return child
}

function killAll() {
  for (const child of children) child.kill("SIGKILL")
}

process.once("exit", killAll)
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.once(signal, () => process.exit(code))
}
