import { randomBytes } from "node:crypto"
import { fileURLToPath } from "node:url"
import { startRedis } from "../lib/session/test-support/redis/server.mjs"
import { firstMessage, forkChild, stopChild } from "./children.mjs"

const bridgeScript = fileURLToPath(new URL("bridge-process.mjs", import.meta.url))

/** A Redis of our own and the bridge in front of it. */
export async function startServices() {
  const token = randomBytes(24).toString("base64url")
  const redis = await startRedis()
  const bridge = forkChild(bridgeScript, {
    env: { ...process.env, NODE_ENV: "test", REDIS_URL: redis.url, BRIDGE_TOKEN: token },
  })
  const { url } = await firstMessage(bridge)

  async function control(method, path, body) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`The bridge answered ${method} ${path} with ${response.status}`)
    return response.json()
  }

  return {
    redisUrl: redis.url,
    url,
    token,
    setFaults: (faults) => control("PUT", "/faults", faults),
    clearFaults: () => control("DELETE", "/faults"),
    requests: async () => (await control("GET", "/stats")).requests,
    async stop() {
      await stopChild(bridge)
      await redis.stop()
    },
  }
}
