import { SessionError } from "../../core/errors"
import { scrubbed } from "./client"
import type { Ask } from "./ask"
import { isPassing, isReplyError } from "./commands"

/** What is used of the official client. */
interface Client {
  readonly isReady: boolean
  sendCommand(command: readonly string[]): Promise<unknown>
  destroy(): void
}

/** One connection of this process to a database, for all who ask it: their commands are pipelined. */
interface Connection {
  readonly client: Client
  /** When it last answered anything, by `performance.now()`. */
  answeredAt: number
  /** Why it is not up, as far as is known. */
  trouble: Error | undefined
  isGivenUp: boolean
  /** Who waits for it to be up: called when it is, with undefined, or is given up. */
  readonly waiting: Set<(trouble: Error | undefined) => void>
}

/**
 * Commands over TCP by the official client, which is loaded at the first one. It reconnects by itself, waiting longer
 * each time; meanwhile commands wait as long as they may.
 *
 * @param url `redis://` or `rediss://`, with user, password and database where there are any
 */
export function askOverTcp(url: string): Ask {
  return async (command, attempt) => {
    const connection = await connectionTo(url)
    const { client } = connection
    const sentAt = performance.now()
    // A connection that is half open takes commands for ever, and the system notices after a quarter of an hour.
    let isLate = false
    attempt.whenLate = () => {
      isLate = true
      if (connection.answeredAt < sentAt) giveUp(url, connection)
    }
    try {
      if (!client.isReady) await whenUp(connection)
      const reply = await client.sendCommand(command)
      connection.answeredAt = performance.now()
      return reply
    } catch (error) {
      const reason = scrubbed(error)
      if (isReplyError(reason)) connection.answeredAt = performance.now()
      // Another machine is the primary by now, and has the address.
      if (isReplyError(reason) && reason.kind === "READONLY") giveUp(url, connection)
      if (isReplyError(reason) || client.isReady) throw reason
      throw connection.trouble ?? (isLate ? new Error("no answer in time") : reason)
    }
  }
}

/**
 * Commands wait here and not in the client's queue, which would send them along with its own greeting: where that is
 * refused, their answers tell of it in other words.
 */
function whenUp({ waiting, isGivenUp, trouble: known }: Connection): Promise<void> {
  // Given up since it was asked for: nobody would tell who waits for it now.
  if (isGivenUp) return Promise.reject(known ?? new Error("the connection was lost"))
  return new Promise((resolve, reject) => {
    waiting.add((trouble) => (trouble === undefined ? resolve() : reject(trouble)))
  })
}

function tellWaiting({ waiting }: Connection, trouble: Error | undefined): void {
  const all = [...waiting]
  waiting.clear()
  for (const tell of all) tell(trouble)
}

const CONNECTIONS = Symbol.for("next-session-kit.redis-connections")

/** Next evaluates modules once per bundle, and anew when one is edited: connections are the process's. */
function processConnections(): Map<string, Promise<Connection>> {
  const shared = globalThis as { [CONNECTIONS]?: Map<string, Promise<Connection>> }
  return (shared[CONNECTIONS] ??= new Map())
}

function connectionTo(url: string): Promise<Connection> {
  const connections = processConnections()
  const known = connections.get(url)
  if (known !== undefined) return known
  const made = connect(url)
  connections.set(url, made)
  made.catch(() => connections.delete(url))
  return made
}

async function connect(url: string): Promise<Connection> {
  const { createClient } = await loadTcpClient()
  const waiting: Connection["waiting"] = new Set()
  const client = createClient({
    url,
    // Each of its timeouts would be a signal and a timer of its own, and ours is shorter.
    commandOptions: { timeout: 0 },
    socket: {
      /** For nobody it does not try again, which would keep the process running: the next command opens another. */
      reconnectStrategy(retries) {
        if (waiting.size > 0) return Math.min(2 ** retries * 50, 2000) + Math.random() * 200
        queueMicrotask(() => giveUp(url, connection))
        return false
      },
    },
  })
  const connection: Connection = { client, answeredAt: 0, trouble: undefined, isGivenUp: false, waiting }
  client.on("ready", () => {
    connection.trouble = undefined
    tellWaiting(connection, undefined)
  })
  client.on("error", (error: unknown) => {
    const trouble = (connection.trouble = scrubbed(error))
    // A wrong password stays wrong however often it is tried.
    if (isReplyError(trouble) && !isPassing(trouble)) giveUp(url, connection)
  })
  // It ends with the process, and does not keep it from ending.
  client.unref()
  client.connect().catch(() => {})
  return connection
}

/** The next command opens another. */
function giveUp(url: string, connection: Connection): void {
  if (connection.isGivenUp) return
  connection.isGivenUp = true
  processConnections().delete(url)
  connection.client.destroy()
  tellWaiting(connection, connection.trouble ?? new Error("no answer in time"))
}

/**
 * The client is an optional peer, like @upstash/redis (see upstash.ts).
 *
 * @throws SessionError `SESSION_CLIENT_MISSING`
 */
export async function loadTcpClient(): Promise<typeof import("redis")> {
  try {
    return await import(/* turbopackOptional: true */ "redis")
  } catch (error) {
    throw new SessionError(
      "SESSION_CLIENT_MISSING",
      "The Redis store needs the package redis, which is not installed, to reach a Redis by REDIS_URL. " +
        "Run: npm install redis.",
      { cause: error },
    )
  }
}
