import { createServer } from "node:http"
import { RedisStore } from "connect-redis"
import session from "express-session"
import { createClient } from "redis"
import { arrival, openGate, passGate } from "./gates.mjs"

/** The app's routes on express-session with connect-redis, as its documentation sets them up. */
const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

const withSession = session({
  store: new RedisStore({ client }),
  secret: "a secret of this benchmark",
  resave: false,
  saveUninitialized: false,
})

const verbs = {
  start: (request) => void (request.session.owner = "somebody"),
  async put(request, query) {
    const gate = query.get("gate")
    if (gate !== null) await passGate(gate)
    request.session[query.get("key")] = query.get("value")
  },
  increment(request, query) {
    const key = query.get("key")
    request.session[key] = (request.session[key] ?? 0) + 1
  },
  flash: (request, query) => void (request.session.flash = query.get("text")),
  async rotate(request) {
    // A new id comes without the data, which has to be carried over.
    const { cookie: _, ...data } = request.session
    await called((done) => request.session.regenerate(done))
    Object.assign(request.session, data)
  },
  "sign-out": (request) => called((done) => request.session.destroy(done)),
}

async function answer(request) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost")
  if (pathname === "/target") return [200, takeFlash(request)]
  if (request.method === "GET") {
    return request.session.owner ? [200, JSON.stringify(request.session)] : [401, "signed out"]
  }
  const verb = pathname.replace("/api/", "")
  if (verb !== "start" && !request.session.owner) return [401, "signed out"]
  await verbs[verb](request, searchParams)
  return [200, "ok"]
}

function takeFlash(request) {
  const { flash = "" } = request.session
  delete request.session.flash
  return `<!doctype html><p>${flash}</p>`
}

async function atGate(request) {
  const name = new URL(request.url, "http://localhost").searchParams.get("gate")
  if (request.method === "POST") openGate(name)
  else await arrival(name)
  return [200, "ok"]
}

function called(run) {
  return new Promise((resolve, reject) => run((error) => (error ? reject(error) : resolve())))
}

const server = createServer(async (request, response) => {
  try {
    const isGate = request.url.startsWith("/api/gate?")
    if (!isGate) await called((next) => withSession(request, response, next))
    const [status, body] = await (isGate ? atGate(request) : answer(request))
    response.writeHead(status, { "content-type": "text/html" }).end(body)
  } catch (error) {
    response.writeHead(500).end(String(error))
  }
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => process.send({ origin: `http://127.0.0.1:${server.address().port}` }))
process.once("disconnect", () => process.exit())
