import { Agent, request } from "node:http"

/** The load generator: told what to ask for, it keeps all connections busy for a while and counts. */
const cookieLists = new Map()
const headers = {
  accept: "text/html",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "user-agent": "bench",
}
const agents = new Map()

function agentOf(origin) {
  const agent = agents.get(origin) ?? new Agent({ keepAlive: true })
  agents.set(origin, agent)
  return agent
}

function get(url, cookie, agent) {
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      headers: cookie === undefined ? headers : { ...headers, cookie },
      timeout: 10_000,
    }
    const sent = request(url, options, (response) => {
      let body = ""
      response.setEncoding("utf8")
      response.on("data", (text) => (body += text))
      response.once("error", reject)
      response.once("end", () => resolve({ status: response.statusCode, body }))
    })
    sent.once("timeout", () => sent.destroy(new Error(`${url} did not answer in time`)))
    sent.once("error", reject)
    sent.end()
  })
}

async function load({ url, list, first, atOnce, milliseconds }) {
  const cookies = cookieLists.get(list) ?? [undefined]
  const agent = agentOf(new URL(url).origin)
  const started = performance.now()
  let next = first
  let requests = 0
  async function client() {
    while (performance.now() - started < milliseconds) {
      const at = next++ % cookies.length
      const { cookie, shows = "" } = cookies[at] ?? {}
      const { status, body } = await get(url, cookie, agent)
      if (status !== 200 || !body.includes(shows))
        throw new Error(`${url} answered ${status}: ${body.slice(0, 300)}`)
      requests += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, client))
  return { requests, seconds: (performance.now() - started) / 1000, next }
}

process.on("message", async ({ call, list, cookies, job }) => {
  try {
    if (cookies !== undefined) cookieLists.set(list, cookies)
    process.send({ call, result: job === undefined ? {} : await load(job) })
  } catch (error) {
    process.send({ call, error: String(error.stack ?? error) })
  }
})
process.once("disconnect", () => process.exit())
