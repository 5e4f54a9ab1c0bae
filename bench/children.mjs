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

/** The first message of a forked child. */
export function firstMessage(child) {
  return whenReady(child, (done) => child.once("message", done))
}

/** Waits until a child has printed `text`. */
export function printed(child, text) {
  let output = ""
  return whenReady(child, (done) =>
    child.stdout.on("data", (chunk) => {
      output = (output + chunk).slice(-1000)
      if (output.includes(text)) done()
    }),
  )
}

function whenReady(child, subscribe) {
  const name = child.spawnargs.slice(1).join(" ")
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready after 30 seconds: ${name}`)), 30_000)
    const settled = (settle) => (value) => {
      clearTimeout(timer)
      settle(value)
    }
    child.once(
      "exit",
      settled(() => reject(new Error(`Ended before it was ready: ${name}`))),
    )
    subscribe(settled(resolve))
  })
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
