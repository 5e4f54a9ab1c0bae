import { expect, test, type Frame, type Page } from "@playwright/test"
import { hydrated, onPage, submit } from "./case.ts"

/** Pages to which the browser refuses cookies, storage or timing work all the same; nothing waits there. */

const pages = ["/other", "/prerendered", "/size/with", "/fields"]

/** Errors of the page and its frames, and what Next puts up in place of a page that fails. */
function collectErrors(page: Page): string[] {
  const errors: string[] = []
  page.on("pageerror", (error) => errors.push(String(error)))
  page.on("console", (message) => {
    // There is no icon.
    const isIcon = message.location().url.endsWith("favicon.ico")
    if (message.type() === "error" && !isIcon) errors.push(message.text())
  })
  return errors
}

/** What is loaded later has been, or is not coming: Chromium does not always say of a frame that it is idle. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => {})
}

async function isAlive(frame: Page | Frame): Promise<void> {
  await frame.waitForFunction(() =>
    Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__react")),
  )
  await expect(frame.locator("main h1")).toBeVisible()
}

for (const path of pages) {
  test(`${path} in a sandboxed frame`, async ({ page }) => {
    const errors = collectErrors(page)
    await page.goto("/static")
    await page.evaluate((src) => {
      const frame = document.createElement("iframe")
      frame.setAttribute("sandbox", "allow-scripts")
      frame.src = src
      document.body.append(frame)
    }, path)
    const frame = await (await page.waitForSelector("iframe")).contentFrame()
    if (frame === null) throw new Error("no frame")
    await isAlive(frame)
    await settled(page)
    await isAlive(frame)
    expect(errors).toEqual([])
  })

  test(`${path} where everything of the kind throws`, async ({ page }) => {
    const errors = collectErrors(page)
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("refused", "SecurityError")
      }
      Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse })
      for (const name of ["sessionStorage", "localStorage"])
        Object.defineProperty(window, name, { get: refuse })
    })
    await page.goto(path)
    await isAlive(page)
    await settled(page)
    await isAlive(page)
    expect(errors).toEqual([])
  })
}

test("an action's message is shown where storage is refused", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", {
      get: () => {
        throw new DOMException("refused", "SecurityError")
      },
    })
  })
  await page.goto("/form?text=hello&redirect=/target")
  await hydrated(page)
  await submit(page)
  await onPage(page, "target")
  await expect(page.getByText("hello", { exact: true })).toBeVisible()
  await page.getByRole("link", { name: "to /other" }).click()
  await onPage(page, "other")
  await expect(page.getByText("hello", { exact: true })).toHaveCount(0)
  await page.goBack()
  await onPage(page, "target")
  await expect(page.getByText("hello", { exact: true })).toHaveCount(0)
})
