import { afterEach, expect, it, vi } from "vitest"

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

it.each([
  { what: "https", host: "shop.example", https: true, warnings: 0 },
  { what: "localhost", host: "localhost:3000", https: false, warnings: 0 },
  { what: "development", host: "shop.example", https: false, environment: "development", warnings: 0 },
  { what: "plain http", host: "shop.example", https: false, warnings: 1 },
])("warns of a production site on $what: $warnings times", async ({ host, https, environment, warnings }) => {
  vi.stubEnv("NODE_ENV", environment ?? "production")
  const print = vi.spyOn(console, "warn").mockImplementation(() => {})
  const { warnOfPlainHttp } = await import("./warnings")
  for (let request = 0; request < 3; request += 1) warnOfPlainHttp(new Headers({ host }), https)
  expect(print).toHaveBeenCalledTimes(warnings)
  if (warnings > 0) expect(print.mock.calls[0]?.[0]).toContain("SESSION_PLAIN_HTTP")
})
