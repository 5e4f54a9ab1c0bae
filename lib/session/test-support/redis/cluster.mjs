import { createClient } from "redis"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "../free-port.mjs"
import { startRedis } from "./server.mjs"

const SLOTS = 16_384
const NODES = 3

/**
 * A Redis Cluster of three machines on loopback, without replicas. Redis 7 or newer, which can be told the port
 * that its machines talk to each other by.
 *
 * @returns their addresses, and how to stop them
 */
export async function startCluster() {
  const nodes = await Promise.all(Array.from({ length: NODES }, startNode))
  const clients = nodes.map(({ server }) => createClient({ url: server.url }))
  try {
    await Promise.all(clients.map((client) => client.connect()))
    await Promise.all(
      clients.map((client, at) => {
        const [first, end] = [at, at + 1].map((share) => Math.floor((SLOTS * share) / NODES))
        return client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", String(first), String(end - 1)])
      }),
    )
    const [first, ...others] = nodes
    for (const client of clients.slice(1)) {
      const address = ["127.0.0.1", String(first.server.port), String(first.busPort)]
      await client.sendCommand(["CLUSTER", "MEET", ...address])
    }
    const giveUp = Date.now() + 20_000
    for (const client of clients) {
      while (!(await isWhole(client, others.length + 1))) {
        if (Date.now() > giveUp) throw new Error("The Redis cluster did not come up")
        await wait(20)
      }
    }
  } finally {
    for (const client of clients) client.destroy()
  }
  return {
    urls: nodes.map(({ server }) => server.url),
    stop: () => Promise.all(nodes.map(({ server }) => server.stop())),
  }
}

async function startNode() {
  let busPort = 0
  const server = await startRedis({
    async more() {
      busPort = await freePort("127.0.0.1")
      return ["--cluster-enabled", "yes", "--cluster-port", String(busPort), "--cluster-node-timeout", "5000"]
    },
  })
  return { server, busPort }
}

async function isWhole(client, size) {
  const info = String(await client.sendCommand(["CLUSTER", "INFO"]))
  return info.includes("cluster_state:ok") && info.includes(`cluster_known_nodes:${size}`)
}
