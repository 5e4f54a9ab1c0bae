import { existsSync } from "node:fs"
import { defineConfig } from "@playwright/test"
import { freePort } from "./e2e/free-port.ts"

/** Distributions ship a Chromium where Playwright cannot download its own. */
const systemChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path))

const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

const appPort = await freePort("APP")
const fixturePort = await freePort("FIXTURE")
const secret = (process.env.SESSION_SECRET ??= crypto.randomUUID() + crypto.randomUUID())

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    launchOptions: systemChromium ? { executablePath: systemChromium, args: chromiumArgs } : {},
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "app", testMatch: /app\/.*\.spec\.ts/, use: { baseURL: `http://localhost:${appPort}` } },
    { name: "cookie-store", testMatch: /matrix\.spec\.ts/, use: { baseURL: `http://localhost:${fixturePort}` } },
  ],
  webServer: [
    {
      command: `node node_modules/next/dist/bin/next build && node node_modules/next/dist/bin/next start -p ${appPort} -H localhost`,
      url: `http://localhost:${appPort}/about`,
      env: { SESSION_SECRET: secret },
      timeout: 180_000,
    },
    {
      command: `node e2e/fixture-server.mjs ${fixturePort}`,
      url: `http://localhost:${fixturePort}/static`,
      env: { SESSION_SECRET: secret },
      timeout: 180_000,
    },
  ],
})
