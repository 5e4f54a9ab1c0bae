import { afterEach, expect, it, vi } from "vitest"

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

it.each([
  ["Node", process],
  ["the Edge runtime", { env: {} }],
])("is the hash of FIPS 180-4's example on %s", async (_runtime, runtime) => {
  vi.stubGlobal("process", runtime)
  vi.resetModules()
  const { sha256 } = await import("./sha256")
  expect(await sha256("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
})
