import { expect, test } from "@playwright/test"
import { startApp, store } from "./security/app-server.ts"

/**
 * Stores that cannot work on the Edge runtime, where this build's `middleware.ts` runs. The two ways out are driven by
 * projects of their own: `redis-tcp`, whose file is called proxy.ts, and `postgres`, which asks for Node.
 */
const stores = [
  [
    "redisStore, over TCP",
    { FIXTURE_STORE: "redis", REDIS_URL: "redis://127.0.0.1:1" },
    "SESSION_STORE_NEEDS_NODE",
  ],
  ["memoryStore", { FIXTURE_STORE: "memory" }, "SESSION_STORE_NOT_SHARED"],
] as const

for (const [name, environment, code] of stores) {
  test(`${name}: every request is refused at once, and the log names two ways out`, async () => {
    test.setTimeout(60_000)
    const app = await startApp(store(), { environment, serves: false })
    try {
      expect((await app.request("/static")).status).toBe(500)
      await expect.poll(app.printed).toContain(code)
      expect(app.printed()).toContain("proxy.ts")
      expect(app.printed()).toContain('runtime: "nodejs"')
    } finally {
      await app.stop()
    }
  })
}
