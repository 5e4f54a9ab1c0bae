import { once } from "node:events"
import { createServer } from "node:http"
import { createClient, RESP_TYPES } from "redis"
import { BadRequest } from "./commands.mjs"
import { createFaults } from "./faults.mjs"
import { bearerCheck, readBody, sendJson } from "./http.mjs"
import { serveCommands } from "./serve.mjs"
import { createStats } from "./stats.mjs"

const commandPaths = ["/", "/pipeline", "/multi-exec"]

/**
 * Upstash's REST protocol in front of a real Redis, on loopback, for development and tests. It can fail
 * on purpose (`setFaults`, or `PUT /faults`) and counts what it was sent (`stats`, or `GET /stats`).
 */
export async function startBridge({ redisUrl, token, port = 0 }) {
  if (process.env.NODE_ENV === "production") {
    throw new Error("The Redis bridge is for development and tests: it does not start in production.")
  }
  if (typeof token !== "string" || token === "") throw new Error("The Redis bridge needs a token.")

  const client = await connectRedis(redisUrl)
  const faults = createFaults()
  const stats = createStats()
  const isAuthorized = bearerCheck(token)

  const control = {
    "PUT /faults": async (request) => faults.set(parseFaults((await readBody(request)).text)),
    "DELETE /faults": () => faults.clear(),
    "GET /stats": () => stats.read(),
    "DELETE /stats": () => stats.reset(),
  }

  async function serve(request, response) {
    const [path] = request.url.split("?")
    const isCommand = request.method === "POST" && commandPaths.includes(path)
    if (!isAuthorized(request)) {
      if (isCommand) stats.begin(0, response)
      return sendJson(response, 401, { error: "Unauthorized" })
    }
    if (isCommand) return serveCommands({ client, faults, stats }, request, response, path)

    const handler = control[`${request.method} ${path}`]
    if (handler === undefined) return sendJson(response, 404, { error: "Not Found" })
    try {
      sendJson(response, 200, (await handler(request)) ?? { result: "OK" })
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error
      sendJson(response, 400, { error: error.message })
    }
  }

  const server = createServer((request, response) => {
    // Left to throw are clients that went away while sending; anything else ends their connection as well.
    serve(request, response).catch(() => request.socket.destroy())
  })
  // Longer than clients keep idle connections, lest they send on one that is being closed.
  server.keepAliveTimeout = 120_000

  try {
    server.listen(port, "127.0.0.1")
    await once(server, "listening")
  } catch (error) {
    client.destroy()
    throw error
  }
  const address = server.address()

  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    setFaults: faults.set,
    clearFaults: faults.clear,
    stats: stats.read,
    resetStats: stats.reset,
    /** Ends at once, whatever is under way. */
    async close() {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      client.destroy()
      await once(server, "close")
    },
  }
}

async function connectRedis(url) {
  let connected = false
  const client = createClient({
    url,
    // Version 3 answers HGETALL with a map; Upstash has a flat array.
    RESP: 2,
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer } },
    // A Redis that is down is an error now, and not a request that hangs until it is back.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: () => connected && 50 },
  })
  // Without a listener the loss of the connection would end the process; requests report it.
  client.on("error", () => {})
  await client.connect()
  connected = true
  return client
}

function parseFaults(text) {
  try {
    return JSON.parse(text ?? "")
  } catch {
    throw new BadRequest("ERR failed to parse the request body as JSON")
  }
}
