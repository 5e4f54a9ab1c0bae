import { randomBytes } from "node:crypto"
import { startBridge } from "../../lib/session/test-support/redis/bridge.mjs"
import { startRedis } from "../../lib/session/test-support/redis/server.mjs"
import { ensureRedisServer } from "./ensure.mjs"

/** `npm run redis`: a throwaway Redis, reachable for the app as if it were Upstash. */
async function run() {
  const token = process.env.UPSTASH_REDIS_REST_TOKEN || randomBytes(24).toString("base64url")
  ensureRedisServer()
  const redis = await startRedis()
  const bridge = await startOnUsualPort({ redisUrl: redis.url, token })

  console.log(`UPSTASH_REDIS_REST_URL=${bridge.url}`)
  console.log(`UPSTASH_REDIS_REST_TOKEN=${token}`)
  console.log("# Put these into .env.local. Ctrl+C stops this Redis and drops its data.")
  console.log(`# Or, with store: redisStore() and instead of these two, over TCP: REDIS_URL=${redis.url}`)

  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, async () => {
      await bridge.close()
      await redis.stop()
    })
  }
}

async function startOnUsualPort(options) {
  try {
    return await startBridge({ ...options, port: 8079 })
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error
    return startBridge(options)
  }
}

run().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
