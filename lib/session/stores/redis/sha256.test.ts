import { expect, it, vi } from "vitest"
import { sha256 } from "./sha256.ts"

it.each(["nodejs", "edge"])("is the hash of FIPS 180-4's example on the %s runtime", async (runtime) => {
  vi.stubEnv("NEXT_RUNTIME", runtime)
  expect(await sha256("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
})
