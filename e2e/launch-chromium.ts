import { existsSync } from "node:fs"
import type { LaunchOptions } from "@playwright/test"
import { systemChromium } from "../scripts/chromium.mjs"

/** Distributions ship a Chromium where Playwright cannot download its own. */
const executablePath = systemChromium.find((path) => existsSync(path))

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

export const chromiumOptions: LaunchOptions = executablePath ? { executablePath, args } : {}
