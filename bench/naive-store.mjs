import { Redis } from "@upstash/redis"

/**
 * The store most tutorials write: a session is one JSON string, read with GET and written with SET.
 * Its client is set up as the kit's own is, but for `retries`, which leaves the client its default.
 *
 * @param {{ url: string, token: string, retries: boolean }} options
 * @returns the five callbacks that `createStore` takes
 */
export function naiveCallbacks({ url, token, retries }) {
  const redis = new Redis({
    url,
    token,
    automaticDeserialization: false,
    enableAutoPipelining: false,
    enableTelemetry: false,
    signal: () => AbortSignal.timeout(10_000),
    ...(retries ? {} : { retry: { retries: 0 } }),
  })
  const keyOf = (/** @type {string} */ id) => `naive:${id}`

  return {
    /** @param {string} id */
    async load(id) {
      const text = await redis.get(keyOf(id))
      return typeof text === "string" ? { id, ...JSON.parse(text) } : undefined
    },
    /**
     * @param {string} id
     * @param {object} data
     * @param {object} flash
     * @param {{ createdAt: number, expiresAt: number }} meta
     */
    async save(id, data, flash, { createdAt, expiresAt }) {
      const ex = Math.max(1, Math.ceil(expiresAt - Date.now() / 1000))
      await redis.set(keyOf(id), JSON.stringify({ createdAt, data, flash }), { ex })
    },
    /** @param {string} id */
    async destroy(id) {
      await redis.del(keyOf(id))
    },
    gc() {},
    /** @param {string} id */
    cookieValue: (id) => id,
  }
}
