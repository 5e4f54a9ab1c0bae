import { chromium } from "@playwright/test"
import { chromiumOptions } from "../../../scripts/chromium.mjs"
import { startCountingProxy } from "../counting-proxy.mjs"
import { startApp } from "../server.mjs"

const TIMEOUT = 20_000

const flows = [
  { name: "ours", variant: "ours", path: "/ours" },
  { name: "by hand, cleared in middleware", variant: "hand", path: "/hand" },
  { name: "by hand, cleared by an effect", variant: "none", path: "/hand", env: { HAND_CLEARS: "effect" } },
]

/** A form, an action that redirects, a page that shows the message: what the browser asks for and sends. */
export async function flowSection({ log }) {
  log("the browser's requests from submitting a form to the message")
  const browser = await chromium.launch(chromiumOptions())
  try {
    const rows = []
    for (const flow of flows) rows.push(...(await runFlow(browser, flow)))
    return rows
  } finally {
    await browser.close()
  }
}

async function runFlow(browser, { name, variant, path, env }) {
  const app = await startApp(variant, env)
  const proxy = await startCountingProxy(app.origin)
  try {
    const rows = []
    for (const javaScript of [true, false]) {
      rows.push({ name, javaScript, ...(await submit(browser, proxy, path, javaScript)) })
    }
    return rows
  } finally {
    await proxy.stop()
    await app.stop()
  }
}

async function submit(browser, proxy, path, javaScriptEnabled) {
  const context = await browser.newContext({ javaScriptEnabled })
  context.setDefaultTimeout(TIMEOUT)
  try {
    const page = await context.newPage()
    await page.goto(proxy.origin + path, { waitUntil: "networkidle" })
    const requests = []
    context.on("request", (request) =>
      requests.push(`${request.method()} ${new URL(request.url()).pathname}`),
    )
    const before = proxy.bytes()
    await page.getByRole("button", { name: "Save" }).click()
    await page.getByRole("heading", { name: "Target" }).waitFor()
    const message = page.getByText("Saved")
    const isShown = async () => (await message.count()) > 0
    await page.waitForLoadState("networkidle")
    // Networkidle has long been reached where the page is no new document.
    await page.waitForTimeout(1000)
    const after = proxy.bytes()
    const made = [...requests]
    const shown = await isShown()
    await page.reload({ waitUntil: "networkidle" })
    const isScript = (request) => request.includes("/_next/static/")
    return {
      requests: made.filter((request) => !isScript(request)).length,
      // Next has the browser preload them for any new document, also where it runs none.
      scripts: made.filter(isScript).length,
      asked: made,
      bytesSent: after.sent - before.sent,
      bytesReceived: after.received - before.received,
      shown,
      shownAgainOnReload: await isShown(),
    }
  } finally {
    await context.close()
  }
}
