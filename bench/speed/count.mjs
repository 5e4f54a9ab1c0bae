import { EventEmitter, once } from "node:events"
import { readFileSync } from "node:fs"
import { createClient } from "redis"

/** Counts what clients send to a Redis over TCP, as it goes by; not what its scripts do. */
export async function countTcpCommands(redisUrl) {
  const [listener, marker] = [createClient({ url: redisUrl }), createClient({ url: redisUrl })]
  await Promise.all([listener.connect(), marker.connect()])
  let commands = 0
  const marks = new EventEmitter()
  await listener.monitor((line) => {
    if (line.includes('"ECHO" "bench"')) marks.emit("mark")
    else if (!/^\S+ \[\d+ lua\]/.test(line)) commands += 1
  })
  return {
    /** All that came until now: what is sent afterwards is also told afterwards. */
    async count() {
      const told = once(marks, "mark", { signal: AbortSignal.timeout(5000) })
      await marker.sendCommand(["ECHO", "bench"])
      await told
      return commands
    },
    stop() {
      listener.destroy()
      marker.destroy()
    },
  }
}

/** Counts the statements of connections to `postgresUrl`, by what the server writes of them into its log. */
export function countStatements(address, logFile) {
  const postgresUrl = new URL(address)
  postgresUrl.searchParams.set("options", "-c log_statement=all")
  return {
    postgresUrl: postgresUrl.href.replaceAll("+", "%20"),
    async count() {
      const log = readFileSync(logFile, "utf8")
      // After some writes, at random, what has expired is removed.
      return (
        matches(log, /LOG: {2}(execute|statement)/g) - matches(log, /LOG: {2}execute .*\n\tWITH expired/g)
      )
    },
  }
}

const matches = (text, pattern) => [...text.matchAll(pattern)].length
