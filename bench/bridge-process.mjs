import { startBridge } from "../lib/session/test-support/redis/bridge.mjs"

/** The bridge in a process of its own, so that it shares no event loop with its clients. */
const { REDIS_URL: redisUrl, BRIDGE_TOKEN: token } = process.env
const { url } = await startBridge({ redisUrl, token })
process.once("disconnect", () => process.exit())
process.send({ url })
