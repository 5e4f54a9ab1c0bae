import { it } from "vitest"
import { claimAges, comparesClaims } from "../../test-support/compare-claims"
import { token, useBridge } from "../../test-support/redis/use-bridge"
import { redisStore } from "./redis-store"

const running = useBridge()

/** Redis decides in Lua. */
it.each(claimAges)(
  "agrees with the rule about all cases, %i s after the first claim, of deliveries that live %i s",
  (...ages) =>
    comparesClaims(
      ({ now }) => redisStore({ url: running.bridge.url, token, now, timeoutMilliseconds: 30_000 }),
      ages,
    ),
)
