import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { defineConfig } from "@playwright/test"
import { chromiumOptions } from "../chromium.mjs"

/** Runs against the server of one cell (`app-cell.mjs`), which the environment tells of. */
const { MATRIX_ORIGIN, MATRIX_BROWSER, MATRIX_METADATA = "{}", MATRIX_REPORT = "" } = process.env

export default defineConfig({
  testDir: fileURLToPath(new URL("../../e2e", import.meta.url)),
  ...(MATRIX_BROWSER === "chromium"
    ? { testMatch: "matrix.spec.ts", grep: /@core/ }
    : { testMatch: ["flows.spec.ts", "page-cache.spec.ts"] }),
  outputDir: join(dirname(MATRIX_REPORT), "artifacts"),
  // Builds and browsers share the machine with whatever else runs there.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: MATRIX_REPORT }]],
  use: { launchOptions: chromiumOptions(), baseURL: MATRIX_ORIGIN, screenshot: "only-on-failure" },
  projects: [{ name: "cell", metadata: JSON.parse(MATRIX_METADATA) }],
})
