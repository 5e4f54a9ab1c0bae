import { existsSync } from "node:fs"
import { systemChromium } from "../../scripts/chromium.mjs"
import { systemFirefox } from "../../scripts/firefox.mjs"
import type { Engine } from "./browser-tab.ts"
import { chromiumWithPageCache } from "./chromium.ts"
import { stockFirefox } from "./firefox.ts"

/** The engines that there are a browser of. `scripts/firefox.mjs` says what is missing. */
export function engines(): Engine[] {
  const executablePath = systemChromium.find((path) => existsSync(path))
  const firefox = systemFirefox.find((path) => existsSync(path))
  return [
    chromiumWithPageCache(executablePath ? { executablePath, args: ["--no-sandbox"] } : {}),
    ...(firefox === undefined ? [] : [stockFirefox(firefox)]),
  ]
}
