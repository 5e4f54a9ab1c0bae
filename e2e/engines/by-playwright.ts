import type { BrowserType, LaunchOptions, Page } from "@playwright/test"
import type { BrowserTab, Engine } from "./browser-tab.ts"

/** A browser that Playwright drives, with the page cache that it switches off in Chromium. */
export function byPlaywright(
  name: Engine["name"],
  type: BrowserType,
  launchOptions: LaunchOptions = {},
): Engine {
  return {
    name,
    async open({ javaScript = true } = {}) {
      const browser = await type.launch({
        ...launchOptions,
        ignoreDefaultArgs: ["--disable-back-forward-cache"],
      })
      const context = await browser.newContext({ javaScriptEnabled: javaScript })
      return { tab: tabOf(await context.newPage()), close: () => browser.close() }
    },
  }
}

function tabOf(page: Page): BrowserTab {
  // A document from the page cache is not loaded again.
  const atCommit = { waitUntil: "commit" } as const
  return {
    goto: (address) => page.goto(address),
    goBack: () => page.goBack(atCommit),
    goForward: () => page.goForward(atCommit),
    reload: () => page.reload(),
    evaluate: (run, argument) => page.evaluate(run as never, argument),
    newTab: async () => tabOf(await page.context().newPage()),
    clearCookies: () => page.context().clearCookies(),
    close: () => page.close(),
  }
}
