import { setTimeout as wait } from "node:timers/promises"
import { ErrorReply } from "redis"
import { BadRequest, commandName, execute, parseCommands } from "./commands.mjs"
import { maxBody, readBody, sendJson } from "./http.mjs"

/** Serves one request for commands: counts it, lets go wrong what should, else answers as Upstash does. */
export async function serveCommands({ client, faults, stats }, request, response, path) {
  const { bytes, text } = await readBody(request)
  const entry = stats.begin(bytes, response)
  if (text === undefined) {
    return sendJson(response, 413, { error: `ERR max request size exceeded. Limit: ${maxBody} bytes.` })
  }
  try {
    const commands = parseCommands(path, text)
    const names = commands.map(commandName)
    entry.command = (path === "/multi-exec" ? ["MULTI", ...names, "EXEC"] : names).join(" ")

    const fault = faults.take(text)
    if (fault.kind === "delay") await wait(fault.milliseconds, undefined, { ref: false })
    if (fault.instead) return fault.instead(response)

    stats.executed(entry, commands.length)
    const base64 = request.headers["upstash-encoding"] === "base64"
    const [status, body] = await outcome(execute(client, path, commands, base64))
    if (fault.after) return await fault.after(response, status, body, fault.milliseconds)
    sendJson(response, status, body)
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error
    sendJson(response, 400, { error: error.message })
  }
}

async function outcome(execution) {
  try {
    return [200, await execution]
  } catch (error) {
    if (error instanceof ErrorReply) return [400, { error: error.message }]
    return [502, { error: "ERR the bridge lost its connection to Redis" }]
  }
}
