import { ErrorReply } from "redis"
import { encodeReply, toArguments } from "./encoding.mjs"

/** What is wrong with a request that therefore never reaches Redis; answered with 400. */
export class BadRequest extends Error {}

/**
 * All requests share one connection: what changes its state would reach the other requests, and what
 * blocks would hold them up.
 */
const refused = new Set(
  (
    "MULTI EXEC DISCARD WATCH UNWATCH SELECT AUTH HELLO RESET QUIT CLIENT MONITOR READONLY ASKING " +
    "SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE SYNC PSYNC SHUTDOWN " +
    "BLPOP BRPOP BLMOVE BRPOPLPUSH BLMPOP BZPOPMIN BZPOPMAX BZMPOP WAIT WAITAOF"
  ).split(" "),
)

/** The commands a body asks for, as arguments for Redis. */
export function parseCommands(path, text) {
  const body = parseJson(text)
  const commands = path === "/" ? [body] : body
  if (!Array.isArray(commands) || !commands.every(isCommand)) {
    throw new BadRequest(`ERR expected a JSON array, ${path === "/" ? "a command" : "of commands"}`)
  }
  if (commands.length === 0) throw new BadRequest("ERR empty pipeline")
  const taken = commands.map(commandName).find((name) => refused.has(name))
  if (taken !== undefined) throw new BadRequest(`ERR ${taken} is not available over REST`)
  return commands.map(toArguments)
}

/** The name alone, and only what can be one: the rest of a body is nobody's business. */
export function commandName([name]) {
  return /^[a-z][a-z.]{0,30}$/i.test(name) ? name.toUpperCase() : "?"
}

/** Runs commands the way the path says: the body of the answer, or an ErrorReply if there is but one error. */
export async function execute(client, path, commands, base64) {
  const item = (reply) =>
    reply instanceof Error ? { error: reply.message } : { result: encodeReply(reply, base64) }

  if (path === "/") return item(await client.sendCommand(commands[0]))
  if (path === "/multi-exec") return (await transaction(client, commands)).map(item)
  return (await Promise.all(commands.map((args) => client.sendCommand(args).catch(asReply)))).map(item)
}

function transaction(client, commands) {
  // Queued in one go, so that nothing comes between; the id keeps a reconnect from sending a part of it.
  const options = { chainId: Symbol("transaction") }
  for (const args of [["MULTI"], ...commands]) {
    // What cannot be queued makes EXEC fail as well, and that answer is the one to give.
    client.sendCommand(args, options).catch(() => {})
  }
  return client.sendCommand(["EXEC"], options)
}

function asReply(error) {
  if (error instanceof ErrorReply) return error
  throw error
}

function parseJson(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadRequest("ERR failed to parse the request body as JSON")
  }
}

function isCommand(value) {
  return Array.isArray(value) && typeof value[0] === "string" && value[0] !== ""
}
