import { expect, test, type BrowserContext, type Frame, type Page } from "@playwright/test"
import { hydrated, onPage } from "./case.ts"
import { Shown } from "./shown.ts"

/** A guard that flashes and redirects answers everybody by its redirect, and leaves messages to persons alone. */

const html = "text/html,application/xhtml+xml,*/*;q=0.8"
const googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

const askers: Record<string, { method?: string; headers: Record<string, string> }> = {
  "HEAD, as a browser sends it": {
    method: "HEAD",
    headers: {
      accept: html,
      "accept-language": "en",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    },
  },
  "HEAD, as a program sends it": { method: "HEAD", headers: { accept: "*/*", "user-agent": "curl/8.14.1" } },
  curl: { headers: { accept: "*/*", "user-agent": "curl/8.14.1" } },
  "a monitor": { headers: { accept: html, "user-agent": "UptimeMonitor/2.0" } },
  "a crawler": { headers: { accept: html, "user-agent": googlebot } },
  "a crawler that renders, as a browser does": {
    headers: {
      accept: html,
      "accept-language": "en",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
      "user-agent": googlebot,
    },
  },
}

/** Guarded for everybody, and guarded once a session is over. */
const guarded = ["/guarded", "/private"]

for (const [asker, { method = "GET", headers }] of Object.entries(askers)) {
  for (const path of guarded) {
    test(`${asker}: ${path} redirects, and begins no session`, async ({ request }) => {
      const cookie = "was-here=1"
      const answer = await request.fetch(`${path}?why=please`, {
        method,
        headers: { ...headers, cookie },
        maxRedirects: 0,
      })
      expect(answer.status()).toBe(307)
      expect(new URL(String(answer.headers()["location"]), "http://localhost").pathname).toBe("/bounced")
      const names = answer.headersArray().map(({ name }) => name.toLowerCase())
      expect(names).not.toContain("set-cookie")
    })
  }
}

// A crawler that renders comes with no cookies, so there is nothing for it to take.
for (const [asker, { method = "GET", headers }] of Object.entries(askers)) {
  if (headers["sec-fetch-mode"] !== undefined && method === "GET") continue
  test(`${asker}: takes no message, guarded or not`, async ({ page, context, baseURL }) => {
    const { shown, text } = await waitFor(context, page, baseURL, "/target")
    const before = await context.cookies()
    for (const path of ["/target", "/guarded", "/guarded?why=please"]) {
      const answer = await context.request.fetch(path, { method, headers, maxRedirects: 0 })
      expect(answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie")).toEqual([])
      expect(await answer.text()).not.toContain(text)
    }
    expect(await context.cookies()).toEqual(before)
    await page.goto("/target")
    await onPage(page, "target")
    await shown.once(text)
  })
}

/** Somebody for whom a message waits at a path. */
async function waitFor(context: BrowserContext, page: Page, origin: string | undefined, to: string) {
  const shown = await Shown.observe(context, true)
  const text = `message ${crypto.randomUUID().slice(0, 8)}`
  const answer = await context.request.post("/api/flash", {
    form: { text, to },
    headers: { origin: String(origin) },
  })
  expect(answer.ok()).toBe(true)
  await page.goto("/static")
  return { shown, text }
}

/** A frame in a page of the same site, as its HTML has it: what a test's script adds counts as a person's act. */
async function openFrame(page: Page, src: string): Promise<Frame> {
  const body = `<!doctype html><title>framed</title><iframe src="${src}"></iframe>`
  await page.route("**/framed", (route) => route.fulfill({ contentType: "text/html", body }))
  await page.goto("/framed")
  const frame = await (await page.waitForSelector("iframe")).contentFrame()
  if (frame === null) throw new Error("no frame")
  await expect(frame.getByRole("heading")).toBeVisible()
  await hydrated(frame)
  return frame
}

test("a frame that loads by itself: redirected, no session, nothing shown", async ({ page, context }) => {
  const shown = await Shown.observe(context, true)
  const frame = await openFrame(page, "/guarded?why=please")
  await expect(frame.getByRole("heading", { name: "bounced" })).toBeVisible()
  expect(await context.cookies()).toEqual([])
  await page.goto("/other")
  await onPage(page, "other")
  expect(shown.count("please")).toBe(0)
})

test("a click in a frame is a person's: redirected, and told why, once", async ({ page, context }) => {
  const shown = await Shown.observe(context, true)
  const frame = await openFrame(page, "/other")
  await frame.evaluate(() => {
    const link = document.createElement("a")
    link.href = "/guarded?why=please"
    link.textContent = "in"
    document.body.append(link)
  })
  await frame.getByRole("link", { name: "in", exact: true }).click()
  await expect(frame.getByRole("heading", { name: "bounced" })).toBeVisible()
  await expect(frame.getByText("please", { exact: true })).toBeVisible()
  await page.goto("/other")
  await onPage(page, "other")
  await shown.once("please")
})
