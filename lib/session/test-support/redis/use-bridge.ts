import { Redis } from "@upstash/redis"
import { afterAll, afterEach, beforeAll } from "vitest"
import { startBridge } from "./bridge.mjs"
import { startRedis } from "./server.mjs"

export const token = "token-for-tests"

/** For `vi.waitFor`: often, and long enough for a machine that is busy with a build. */
export const patiently = { interval: 5, timeout: 20_000 }

export type Bridge = Awaited<ReturnType<typeof startBridge>>
type Server = Awaited<ReturnType<typeof startRedis>>

/** A Redis and a bridge of its own for a test file, without faults and counts between its tests. */
export function useBridge() {
  const running = {} as { server: Server; bridge: Bridge; redis: Redis }

  beforeAll(async () => {
    running.server = await startRedis()
    running.bridge = await startBridge({ redisUrl: running.server.url, token })
    running.redis = upstash(running.bridge)
  })
  afterEach(() => {
    running.bridge.clearFaults()
    running.bridge.resetStats()
  })
  afterAll(async () => {
    await running.bridge.close()
    await running.server.stop()
  })
  return running
}

export function upstash(bridge: Bridge, options: { signal?: () => AbortSignal } = {}) {
  return new Redis({
    url: bridge.url,
    token,
    automaticDeserialization: false,
    enableAutoPipelining: false,
    retry: { retries: 0 },
    ...options,
  })
}

export function request(bridge: Bridge, path: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${token}`, ...init.headers }
  return fetch(bridge.url + path, { method: "POST", ...init, headers })
}

/** Sends a body as JSON; resolves to the status and what the answer says. */
export async function send(bridge: Bridge, path: string, body: unknown, headers: HeadersInit = {}) {
  const response = await request(bridge, path, { body: JSON.stringify(body), headers })
  return { status: response.status, body: (await response.json()) as unknown }
}

export async function thrown(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error("Nothing was thrown")
}
