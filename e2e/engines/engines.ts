import { existsSync } from "node:fs"
import { chromium, firefox, webkit } from "@playwright/test"
import { wholeChromiumOptions } from "../../scripts/chromium.mjs"
import { systemFirefox } from "../../scripts/firefox.mjs"
import { systemWebkit } from "../../scripts/webkit.mjs"
import type { Engine } from "./browser-tab.ts"
import { byPlaywright } from "./by-playwright.ts"
import { stockFirefox } from "./firefox.ts"
import { webkitGtk } from "./webkit.ts"

/**
 * The engines that there are a browser of, Playwright's own first. `scripts/firefox.mjs` and
 * `scripts/webkit.mjs` say what is missing.
 */
export function engines(): Engine[] {
  const found = [byPlaywright("Chromium", chromium, wholeChromiumOptions()), findFirefox(), findWebkit()]
  return found.filter((engine) => engine !== undefined)
}

function findFirefox(): Engine | undefined {
  if (existsSync(firefox.executablePath())) return byPlaywright("Firefox", firefox)
  const executable = systemFirefox.find((path) => existsSync(path))
  return executable === undefined ? undefined : stockFirefox(executable)
}

function findWebkit(): Engine | undefined {
  if (existsSync(webkit.executablePath())) return byPlaywright("WebKit", webkit)
  const paths = systemWebkit()
  return paths === undefined ? undefined : webkitGtk(paths)
}
