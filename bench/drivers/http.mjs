import { randomUUID } from "node:crypto"

const outcomes = { 200: "ok", 401: "refused", 410: "gone" }

/** Drives apps over HTTP, request by request on another server. A handle is a browser's cookies. */
export function httpDriver(origins) {
  let turn = process.pid
  const nextOrigin = () => origins[(turn += 1) % origins.length]

  async function send(method, path, query, { cookies }, { origin = nextOrigin(), headers = {} } = {}) {
    const cookie = Object.entries(cookies).map((pair) => pair.join("="))
    const response = await fetch(`${origin}${path}?${new URLSearchParams(query)}`, {
      method,
      headers: { origin, ...(cookie.length > 0 && { cookie: cookie.join("; ") }), ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    })
    const { status } = response
    const text = await response.text()
    if (!(status in outcomes))
      throw new Error(`${method} ${path} was answered with ${status}: ${text.slice(0, 500)}`)
    return { outcome: outcomes[status], text, handle: { cookies: withSetCookies(cookies, response.headers) } }
  }

  const post = (verb, query, handle, options) => send("POST", `/api/${verb}`, query, handle, options)
  const nobody = { cookies: {} }

  async function mustPost(verb, query, handle) {
    const { outcome, handle: next } = await post(verb, query, handle)
    if (outcome !== "ok") throw new Error(`${verb} was answered with ${outcome}`)
    return next
  }

  return {
    start: () => mustPost("start", {}, nobody),
    put: async (handle, key, value) => (await post("put", { key, value }, handle)).outcome,
    increment: async (handle, key) => (await post("increment", { key }, handle)).outcome,
    async read(handle) {
      const { outcome, text } = await send("GET", "/api/data", {}, handle)
      return outcome === "ok" ? JSON.parse(text) : undefined
    },
    flash: (handle, text) => mustPost("flash", { text }, handle),
    async take(handle, text) {
      const headers = { accept: "text/html", "sec-fetch-dest": "document" }
      const page = await send("GET", "/target", {}, handle, { headers })
      return page.text.includes(text)
    },
    rotate: (handle) => mustPost("rotate", {}, handle),
    signOut: (handle) => post("sign-out", {}, handle),
    slowPut(handle, key, value) {
      // Gates are held in one server's memory.
      const origin = nextOrigin()
      const gate = randomUUID()
      const answer = post("put", { key, value, gate }, handle, { origin }).then(({ outcome }) => outcome)
      const arrived = send("GET", "/api/gate", { gate }, nobody, { origin })
      return {
        // A request that is answered at once never arrives.
        loaded: Promise.race([arrived, answer]),
        async finish() {
          await post("gate", { gate }, nobody, { origin })
          return answer
        },
      }
    },
  }
}

function withSetCookies(cookies, headers) {
  const next = { ...cookies }
  for (const line of headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
    if (value === "") delete next[name]
    else next[name] = value
  }
  return next
}
