import type { Ask, Attempt } from "./ask"
import { CommandFailed, isReplyError, RedisReplyError } from "./commands"

interface CommandOptions {
  abortSignal?: AbortSignal
  typeMapping?: Record<never, never>
}

/** The part of a client of `redis` (node-redis 5 and 6), or of its pool, that the store uses. */
export interface NodeRedisClient extends NodeRedis {
  sendCommand(command: string[], options?: CommandOptions): Promise<unknown>
}

/** The same of its cluster client. */
export interface NodeRedisCluster extends NodeRedis {
  readonly masters: readonly unknown[]
  sendCommand(
    firstKey: string | undefined,
    isReadonly: boolean | undefined,
    command: string[],
    options?: CommandOptions,
  ): Promise<unknown>
}

interface Emitter {
  on?(event: "error" | "ready", listener: (error: Error) => void): unknown
}

interface NodeRedis extends Emitter {
  readonly isOpen: boolean
  /** Of a client, whether it is connected; a pool and a cluster do not say. */
  readonly isReady?: boolean
  connect(): Promise<unknown>
}

/** The part of a client of `ioredis` 5 and 6, or of its cluster client, that the store uses. */
export interface IoRedisClient extends Emitter {
  call(command: string, ...args: string[]): Promise<unknown>
}

/** A client of the app's own. */
export type RedisClient = NodeRedisClient | NodeRedisCluster | IoRedisClient

/** Whether the store can use it. */
export function isRedisClient(value: unknown): value is RedisClient {
  if (typeof value !== "object" || value === null) return false
  const has = (name: string) => typeof (value as Record<string, unknown>)[name] === "function"
  // node-redis's Sentinel client has all these too, and takes other arguments.
  return has("call") || (has("sendCommand") && has("connect") && !has("getSentinelNode"))
}

/** Commands over a client of the app's own, which is connected at the first one where it is not yet. */
export function askClient(client: RedisClient): Ask {
  const connection = listenTo(client)
  const ask = askOf(client)
  return async (command, attempt) => {
    const late = lateness(attempt)
    try {
      const reply = await Promise.race([ask(command, attempt), late.promise])
      connection.trouble = undefined
      return reply
    } catch (error) {
      const reason = scrubbed(error)
      // Redis's own answer, such as NOSCRIPT, is what the store acts on, and shows that the connection is up.
      if (isReplyError(reason) && !isUnauthenticated(reason)) {
        connection.trouble = undefined
        throw reason
      }
      // What is wrong with the connection, such as a wrong password, says more than what became of the command, and may
      // be told a moment later.
      if (!late.isOver()) await new Promise((resolve) => setTimeout(resolve))
      const { trouble } = connection
      throw trouble !== undefined && (isReplyError(trouble) || !isReplyError(reason)) ? trouble : reason
    }
  }
}

/** Answered where a password was refused: to long commands with a mere ERR. */
function isUnauthenticated({ kind, refusesFlags }: RedisReplyError): boolean {
  return kind === "NOAUTH" || (kind === "ERR" && !refusesFlags)
}

/** Rejects when the attempt is given up: some clients do not heed its signal. */
function lateness(attempt: Attempt) {
  let isOver = false
  const promise = new Promise<never>((_, reject) => {
    attempt.whenLate = () => {
      isOver = true
      reject(new Error("no answer in time"))
    }
  })
  return { promise, isOver: () => isOver }
}

function askOf(client: RedisClient): Ask {
  // First, for ioredis has a `sendCommand` as well, of another shape.
  if ("call" in client) {
    return async ([name = "", ...args]) => {
      const reply = await client.call(name, ...args)
      // As a client with `stringNumbers` answers it.
      return name === "DEL" && typeof reply === "string" ? Number(reply) : reply
    }
  }
  const open = opener(client)
  if ("masters" in client) {
    return async (command, { signal }) => {
      await open()
      // Not on a replica, which may not know yet what was written.
      return client.sendCommand(firstKeyOf(command), false, [...command], {
        abortSignal: signal,
        typeMapping: {},
      })
    }
  }
  return (command, attempt) => {
    void open()
    // What a connection takes at once needs no signal, which would cost as much as the command.
    const options = client.isReady === true ? {} : { abortSignal: attempt.signal }
    // Text for text, whatever the app wants of its own commands.
    return client.sendCommand([...command], { ...options, typeMapping: {} })
  }
}

/** What a client's connection is known to suffer from. */
interface Connection {
  trouble: Error | undefined
}

const CONNECTIONS = Symbol.for("next-session-kit.redis-clients")

/**
 * Hears of what fails, once for each client, however often a store is made for it: Next evaluates modules anew. Unheard,
 * an "error" would end the process, or be printed.
 */
function listenTo(client: RedisClient): Connection {
  const shared = globalThis as { [CONNECTIONS]?: WeakMap<RedisClient, Connection> }
  const known = (shared[CONNECTIONS] ??= new WeakMap())
  const heard = known.get(client)
  if (heard !== undefined) return heard
  const connection: Connection = { trouble: undefined }
  known.set(client, connection)
  client.on?.("error", (error) => (connection.trouble = scrubbed(error)))
  client.on?.("ready", () => (connection.trouble = undefined))
  return connection
}

/**
 * Connects a client that nobody has connected: an app that makes one at module load cannot, for `next build` loads
 * its modules as well. One that has given up reconnecting is closed, and opened again; nothing tells it from one that
 * the app closed.
 */
function opener(client: NodeRedis): () => Promise<unknown> {
  let opening: Promise<unknown> | undefined
  return () => {
    if (!client.isOpen) {
      const attempt = client.connect()
      opening = attempt
      attempt.catch(() => {
        if (opening === attempt) opening = undefined
      })
    }
    return opening ?? Promise.resolve()
  }
}

/** By which a cluster finds the machine: of a script its first key, of every other command of ours the only one. */
function firstKeyOf([name, ...args]: readonly string[]): string | undefined {
  return name?.startsWith("EVAL") ? args[2] : args[0]
}

/** How node-redis and ioredis say it. */
const CLOSED = /^(The client is closed|Connection is closed)\.?$/

/**
 * What a client throws may contain the whole command, ids and data: of an error that Redis answered only its kind
 * is kept, of any other its code.
 */
export function scrubbed(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("the command failed")
  if (isReplyError(error)) return error
  const code = "code" in error ? error.code : undefined
  if (code === undefined && isReply(error.message)) return new RedisReplyError(error.message, adviceOn(error))
  const text = CLOSED.test(error.message) ? "the client is closed" : "the command failed"
  return new CommandFailed(text, code)
}

/**
 * Redis begins its errors with a word for their kind; no client begins one of its own so. By the text and not
 * by its class, for an app may bring another copy of the client, or a bundler may have renamed it.
 */
function isReply(message: string): boolean {
  return /^[A-Z][A-Z0-9]+ \S/.test(message)
}

/** Of a mere ERR by its first words, behind which it may repeat what was sent. */
function adviceOn({ message }: Error): Readonly<Record<string, string>> {
  if (!message.startsWith("ERR DB index is out of range")) return advice
  return { ERR: ": it has no database of the number in its address; a cluster has 0 alone." }
}

/** Of the answers that a setting brings about, what to do. */
const advice: Readonly<Record<string, string>> = {
  WRONGPASS: ": check the user and the password in its address.",
  NOAUTH: ": it wants a password that it was not given.",
  NOPERM:
    ": its user may not do all the store does, which is EVALSHA, EVAL, GET and DEL, of keys with its prefix.",
  MOVED: ": it is a cluster. Give redisStore({ client }) a cluster client (docs/stores.md).",
  CROSSSLOT:
    ": a session that began before ids had tags cannot be given a new id on a cluster (docs/stores.md).",
}
