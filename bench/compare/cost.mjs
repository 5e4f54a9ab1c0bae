import { chromium } from "@playwright/test"
import { startCountingProxy } from "../speed/counting-proxy.mjs"
import { chromiumOptions } from "../../scripts/chromium.mjs"

/** Longer than a toast stays on screen, so that what closing it asks of the server is counted. */
const WATCHED_MILLISECONDS = 6_000

/**
 * One form, one redirect, one message, with JavaScript: what the browser asks for from the click on, and the bytes that
 * come back, headers and all. It is the second time, so that the browser has the scripts.
 */
export async function measureCost(origin) {
  const proxy = await startCountingProxy(origin)
  const browser = await chromium.launch(chromiumOptions())
  try {
    const context = await browser.newContext({ baseURL: proxy.origin })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    const requests = []
    page.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
    await submitOnce(page, "Warm")
    const before = await submitOnce(page, "Saved", () => {
      requests.length = 0
      return proxy.bytes().received
    })
    return { requests: requests.length, asked: [...requests], bytes: proxy.bytes().received - before }
  } finally {
    await browser.close()
    await proxy.stop()
  }
}

/** @returns what `atClick` gave, just before the form was submitted */
async function submitOnce(page, text, atClick = () => undefined) {
  await page.goto(`/form?text=${text}&redirect=/target`, { waitUntil: "networkidle" })
  const given = atClick()
  await page.getByRole("button", { name: "submit", exact: true }).click()
  await page.getByRole("heading", { name: "target" }).waitFor()
  await page.getByText(text, { exact: true }).waitFor()
  await page.waitForTimeout(WATCHED_MILLISECONDS)
  return given
}
