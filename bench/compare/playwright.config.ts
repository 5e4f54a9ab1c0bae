import { defineConfig } from "@playwright/test"
import { chromiumOptions } from "../../scripts/chromium.mjs"

/** Runs against one subject's server, which `run.mjs` tells of. */
const { COMPARE_ORIGIN = "", COMPARE_ARTIFACTS = "" } = process.env

export default defineConfig({
  testMatch: "compare.spec.ts",
  tsconfig: "../../e2e/tsconfig.json",
  outputDir: COMPARE_ARTIFACTS,
  timeout: 90_000,
  // What a rival loses is waited for in vain, a hundred times.
  expect: { timeout: 3_000 },
  fullyParallel: true,
  workers: 3,
  reporter: "line",
  use: { launchOptions: chromiumOptions(), baseURL: COMPARE_ORIGIN },
})
