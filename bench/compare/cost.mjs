import { chromium } from "@playwright/test"
import { chromiumOptions } from "../../scripts/chromium.mjs"

/** Longer than a toast stays on screen, so that what closing it asks of the server is counted. */
const WATCHED_MILLISECONDS = 6_000

/**
 * One form, one redirect, one message, with JavaScript: what the browser asks for from the click on, and what comes
 * back, headers and bodies. Scripts, which another redirect would not load again, are not counted.
 */
export async function measureCost(origin) {
  const browser = await chromium.launch(chromiumOptions())
  try {
    const context = await browser.newContext({ baseURL: origin })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto("/form?text=Saved&redirect=/target", { waitUntil: "networkidle" })
    const requests = []
    page.on("requestfinished", (request) => {
      if (!new URL(request.url()).pathname.startsWith("/_next/")) requests.push(request)
    })
    await page.getByRole("button", { name: "submit", exact: true }).click()
    await page.getByRole("heading", { name: "target" }).waitFor()
    await page.getByText("Saved", { exact: true }).waitFor()
    await page.waitForTimeout(WATCHED_MILLISECONDS)
    const sizes = await Promise.all(requests.map((request) => request.sizes()))
    return {
      requests: requests.length,
      bytes: sizes.reduce((sum, size) => sum + size.responseHeadersSize + size.responseBodySize, 0),
    }
  } finally {
    await browser.close()
  }
}
