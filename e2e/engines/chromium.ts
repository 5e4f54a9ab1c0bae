import { chromium } from "@playwright/test"
import type { BrowserTab, Engine } from "./browser-tab.ts"

/** Playwright's or the system's Chromium, with the page cache that Playwright switches off. */
export function chromiumWithPageCache(launchOptions: Parameters<typeof chromium.launch>[0]): Engine {
  return {
    name: "Chromium",
    async open() {
      const browser = await chromium.launch({
        ...launchOptions,
        ignoreDefaultArgs: ["--disable-back-forward-cache"],
      })
      const page = await browser.newPage()
      const tab: BrowserTab = {
        goto: (address) => page.goto(address),
        evaluate: (run, argument) => page.evaluate(run as never, argument),
        // A document from the page cache is not loaded again.
        goBack: () => page.goBack({ waitUntil: "commit" }),
      }
      return { tab, close: () => browser.close() }
    },
  }
}
