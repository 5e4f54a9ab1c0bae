import { expect, test, type Page } from "@playwright/test"
import { follow, hydrated, onPage, recordRequests, submit } from "./case.ts"
import { fetchAndNotice, formAt, type Flashed } from "./flashing.ts"
import { documentsRead, Shown } from "./shown.ts"

/** Messages of more than a text, and what shows them: our banner, an app's toaster, a modal. */

let count = 0
const unique = (text: string) => `${text} ${(count += 1)}-${process.pid}`

async function opened(page: Page, address: string, javaScript = true): Promise<Shown> {
  const shown = await Shown.observe(page.context(), javaScript, page)
  await page.goto(address)
  if (javaScript) await hydrated(page)
  return shown
}

const notice = (page: Page, text: string) => page.locator(".flash").filter({ hasText: text })

for (const javaScript of [true, false]) {
  test.describe(javaScript ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled: javaScript })

    test("a message shows its parts, and its Undo answers by a message of its own", async ({ page }) => {
      const text = unique("deleted")
      const action = { label: "Undo", post: "/api/undo", fields: { what: text } }
      const messages: Flashed[] = [["success", { text, description: "From both lists", action }]]
      const shown = await opened(page, formAt("/rich", messages, "/target"), javaScript)
      await submit(page, "flash")
      await onPage(page, "target")
      await shown.once(text)
      await expect(notice(page, text)).toContainText("From both lists")

      await documentsRead(page)
      await notice(page, text).getByRole("button", { name: "Undo" }).click()
      await shown.once(`undone: ${text}`)
      await expect(page).toHaveURL(/\/target$/)
      await expect(notice(page, "From both lists")).toHaveCount(0)
      await page.reload()
      await onPage(page, "target")
      expect(shown.count(`undone: ${text}`)).toBe(1)
    })

    test("a message leads to a page", async ({ page }) => {
      const text = unique("saved")
      const action = { label: "View", href: "/other?from=message#part" }
      const shown = await opened(page, formAt("/rich", [["info", { text, action }]], "/target"), javaScript)
      await submit(page, "flash")
      await onPage(page, "target")
      await shown.once(text)
      await documentsRead(page)
      const requests = recordRequests(page)
      await page.getByRole("link", { name: "View" }).click()
      await onPage(page, "other")
      await expect(page).toHaveURL(/\/other\?from=message#part$/)
      // The router follows it: no document.
      expect(requests).toEqual(javaScript ? [] : ["GET"])
      await expect(notice(page, text)).toHaveCount(0)
    })

    test("an app's toaster shows it once, and without JavaScript the page does", async ({ page }) => {
      const text = unique("toast")
      const messages: Flashed[] = [["success", { text, description: "More of it" }]]
      const shown = await opened(page, formAt("/toasts", messages, "/toasts-too"), javaScript)
      await submit(page, "flash")
      await onPage(page, "toasts-too")
      await shown.once(text)
      await shown.once("More of it")
      await page.reload()
      await onPage(page, "toasts-too")
      await shown.once(text)
    })

    test("two banners on one page show a message once", async ({ page }) => {
      const text = unique("composed")
      const shown = await opened(page, `/gallery/compose?text=${encodeURIComponent(text)}`, javaScript)
      await submit(page, "stay")
      await shown.once(text)
      await documentsRead(page)
      await expect(page.locator("section .flash")).toHaveCount(0)
      await submit(page, "stay in the modal")
      await expect.poll(() => shown.count(text)).toBe(2)
      await expect(page.locator("section .flash")).toHaveText(javaScript ? `${text}×` : text)
    })

    test("it is there with the shell of a page that takes its time", async ({ page }) => {
      const text = unique("early")
      const shown = await opened(page, formAt("/rich", [["success", text]], "/late"), javaScript)
      await page.getByRole("button", { name: "flash" }).click()
      if (javaScript) {
        await expect(notice(page, text)).toBeVisible()
        expect(await page.getByRole("heading", { name: "late" }).count()).toBe(0)
        await onPage(page, "late")
      }
      await shown.once(text)
    })
  })
}

test("a later message with the same id takes the place of the one on screen", async ({ page }) => {
  const [saving, other, saved] = [unique("saving"), unique("other"), unique("saved")]
  const first: Flashed[] = [
    ["success", { text: saving, id: "job" }],
    ["success", other],
  ]
  const shown = await opened(page, formAt("/rich", first))
  await page.getByRole("button", { name: "fetch and notice" }).click()
  await shown.once(saving)
  // Nobody touches the page meanwhile: what a person does takes messages away.
  await fetchAndNotice(page, [["success", { text: saved, id: "job" }]])
  await shown.once(saved)
  await expect(page.locator(".flash")).toHaveText([`${saved}×`, `${other}×`])
  expect([shown.count(saving), shown.count(other)]).toEqual([1, 1])
})

test("a message leaves by itself when it can have been read, and not under somebody's hand", async ({
  page,
}) => {
  await page.clock.install()
  const messages: Flashed[] = [
    ["success", { text: "soon gone", seconds: 1 }],
    ["info", { text: "to decide", seconds: 1, action: { label: "Undo", post: "/api/undo" } }],
    ["error", { text: "stays", seconds: 1 }],
    ["info", "stays as well"],
  ]
  await opened(page, formAt("/rich", messages))
  await submit(page, "flash")
  await expect(page.locator(".flash")).toHaveCount(4)
  await expect(notice(page, "to decide").getByRole("button", { name: "Dismiss" })).toBeVisible()
  // Its code has been loaded.
  await page.waitForLoadState("networkidle")
  const texts = () => page.locator(".flash span").allTextContents()
  await page.clock.runFor(4000)
  expect(await texts()).toHaveLength(4)
  await notice(page, "soon gone").hover()
  await page.clock.runFor(60_000)
  expect(await texts()).toHaveLength(4)
  await page.mouse.move(0, 0)
  await page.clock.runFor(2000)
  await expect.poll(texts).not.toContain("soon gone")
  await notice(page, "to decide").getByRole("button", { name: "Undo" }).focus()
  await page.clock.runFor(60_000)
  expect(await texts()).toHaveLength(3)
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.clock.runFor(20_000)
  await expect.poll(texts).toEqual(["stays as well", "stays"])
})

test("goes with Back, also to a page the router has kept", async ({ page }) => {
  const [text, second] = [unique("noticed"), unique("waiting")]
  const shown = await opened(page, "/other")
  await follow(page, "/target")
  await onPage(page, "target")
  await fetchAndNotice(page, [["success", text]])
  await shown.once(text)
  await page.goBack()
  await onPage(page, "other")
  await expect(page.locator(".flash")).toHaveCount(0)
  await fetchAndNotice(page, [["success", second]], "/target")
  await follow(page, "/target")
  await onPage(page, "target")
  await shown.once(second)
  await page.goBack()
  await onPage(page, "other")
  await expect(page.locator(".flash")).toHaveCount(0)
  expect([shown.count(text), shown.count(second)]).toEqual([1, 1])
})

test("goes with Back, into a layout with a banner of its own", async ({ page }) => {
  const text = unique("noticed")
  const shown = await opened(page, formAt("/toasts", [["success", text]]))
  await follow(page, "/rich")
  await onPage(page, "rich")
  await fetchAndNotice(page, [["success", text]])
  await shown.once(text)
  await page.goBack()
  await onPage(page, "toasts")
  await follow(page, "/toasts-too")
  await onPage(page, "toasts-too")
  await shown.once(text)
})

test.describe("when its code comes late, or never", () => {
  /** That of `banner-life.ts`, by what is in it alone. */
  async function hold(page: Page, until: Promise<unknown> | "for ever"): Promise<void> {
    await page.route("**/_next/static/chunks/*.js", async (route) => {
      const response = await route.fetch()
      const isIt = (await response.text()).includes("flash-seen")
      if (isIt && until === "for ever") return route.abort()
      if (isIt) await until
      return route.fulfill({ response })
    })
  }

  // What is still being fetched would outlive its page.
  test.afterEach(({ page }) => page.unrouteAll({ behavior: "wait" }))

  test("a toaster's message is shown on the page the person has gone on to", async ({ page }) => {
    const text = unique("late")
    let come = () => {}
    await hold(page, new Promise<void>((resolve) => (come = resolve)))
    const shown = await opened(page, `/toasts?greet=${encodeURIComponent(text)}`)
    await follow(page, "/toasts-too")
    await onPage(page, "toasts-too")
    expect(shown.count(text)).toBe(0)
    come()
    await shown.once(text)
  })

  test("a banner's message leaves with its page", async ({ page }) => {
    const text = unique("late")
    await hold(page, "for ever")
    const shown = await opened(page, `/target?greet=${encodeURIComponent(text)}`)
    await follow(page, "/other")
    await onPage(page, "other")
    await follow(page, "/form")
    await onPage(page, "form")
    await expect(page.getByText(text)).toHaveCount(0)
    await shown.once(text)
  })
})

test("a link and an Undo are right, wherever scripts have moved the page to", async ({ page }) => {
  const undo = { label: "Undo", post: "/api/undo", fields: { what: "moved", closest: "a" } }
  const view = { label: "View", href: "/other?x=1#p" }
  const messages: Flashed[] = [
    ["success", { text: "gone", action: undo }],
    ["info", { text: "there", action: view }],
  ]
  await opened(page, formAt("/rich", messages, "/target"))
  await submit(page, "flash")
  await onPage(page, "target")
  await page.waitForLoadState("networkidle")
  await page.evaluate(() => history.pushState(null, "", "/target?tab=2"))
  const posted = page.waitForRequest((request) => request.url().endsWith("/api/undo"))
  await page.getByRole("button", { name: "Undo" }).click()
  expect(new URLSearchParams((await posted).postData() ?? "").get("_back")).toBe("/target?tab=2")
  await expect(page.getByText("undone: moved")).toBeVisible()

  await page.goto(formAt("/rich", messages, "/target"))
  await hydrated(page)
  await submit(page, "flash")
  await onPage(page, "target")
  await page.waitForLoadState("networkidle")
  await page.evaluate(() => history.replaceState(null, "", "/a/rather/long/path"))
  await page.getByRole("link", { name: "View" }).click()
  await onPage(page, "other")
})

test("Undo comes back to its page without a Referer, too", async ({ page }) => {
  const action = { label: "Undo", post: "/api/undo", fields: { what: "unreferred" } }
  await opened(page, formAt("/rich", [["success", { text: "gone", action }]], "/target"))
  await submit(page, "flash")
  await onPage(page, "target")
  await page.evaluate(() => {
    const meta = Object.assign(document.createElement("meta"), { name: "referrer", content: "no-referrer" })
    document.head.append(meta)
  })
  await page.getByRole("button", { name: "Undo" }).click()
  await onPage(page, "target")
  await expect(page.getByText("undone: unreferred")).toBeVisible()
})

test("dismissing one, and walking on by keyboard, takes no other away; the focus is not lost", async ({
  page,
}) => {
  const undo = { label: "Undo", post: "/api/undo" }
  const first: Flashed[] = [
    ["success", "first"],
    ["success", { text: "job", id: "job", action: undo }],
  ]
  await opened(page, "/rich")
  await fetchAndNotice(page, first)
  await expect(page.locator(".flash")).toHaveCount(2)
  await page.locator(".flash").first().getByRole("button", { name: "Dismiss" }).click()
  await fetchAndNotice(page, [["info", "second"]])
  await expect(page.locator(".flash")).toHaveText(["jobUndo×", "second×"])
  await page.keyboard.press("Tab")
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused()
  await fetchAndNotice(page, [["info", "third"]])
  await expect(page.locator(".flash")).toHaveCount(3)
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused()
  await fetchAndNotice(page, [["success", { text: "job is done", id: "job" }]])
  await expect(page.locator(".flash").first()).toHaveText("job is done×")
  await expect(page.locator(".flash-messages")).toBeFocused()
})

test("what a tab remembers may be anything", async ({ page }) => {
  await page.goto("/static")
  await page.evaluate(() => {
    const now = Date.now()
    const bad = { key: "a", origin: "a", kind: "success", role: "status", text: { a: 1 } }
    const notices = [null, 1, bad, { ...bad, text: "kept", action: { label: 1 } }, { ...bad, text: "fine" }]
    sessionStorage.setItem("flash-unread", JSON.stringify([now + 59_000, now + 60_000, notices]))
  })
  await page.goto("/rich")
  await hydrated(page)
  await expect(page.getByText("fine")).toBeVisible()
  await expect(page.locator(".flash")).toHaveCount(1)
})

test("noticeFlash asks once, and only when something waits", async ({ page }) => {
  const text = unique("noticed")
  const shown = await opened(page, formAt("/rich", [["success", text]]))
  const requests = recordRequests(page)
  await page.evaluate(() => dispatchEvent(new Event("flash")))
  await page.getByRole("button", { name: "fetch and notice" }).click()
  await shown.once(text)
  expect(requests).toEqual(["POST", "POST"])
  await page.reload()
  await onPage(page, "rich")
  await shown.once(text)
})

test.describe("an app's toaster", () => {
  test("is told by noticeFlash, hides what was left, and shows nothing again on Back", async ({ page }) => {
    const text = unique("toast")
    const shown = await opened(page, formAt("/toasts", [["error", text]], "/toasts-too"))
    await submit(page, "flash")
    await onPage(page, "toasts-too")
    await shown.once(text)
    await expect(page.locator("[data-sonner-toast][data-type=error]")).toHaveText(text)
    await follow(page, "/toasts")
    await onPage(page, "toasts")
    await expect(page.locator("[data-sonner-toast]")).toHaveCount(0)
    await page.goBack()
    await onPage(page, "toasts-too")
    await page.goForward()
    await onPage(page, "toasts")
    await shown.once(text)
  })

  test("is dismissed, and the next message does not bring it again", async ({ page }) => {
    const [first, second] = [unique("first"), unique("second")]
    const shown = await opened(page, formAt("/toasts", [["success", first]]))
    await page.getByRole("button", { name: "fetch and notice" }).click()
    await shown.once(first)
    await page.getByRole("button", { name: "Close toast" }).click()
    await expect(page.locator("[data-sonner-toast]")).toHaveCount(0)
    await fetchAndNotice(page, [["success", second]])
    await shown.once(second)
    expect(shown.count(first)).toBe(1)
  })

  test("has an Undo", async ({ page }) => {
    const action = { label: "Undo", post: "/api/undo", fields: { what: "toast" } }
    const shown = await opened(
      page,
      formAt("/toasts", [["success", { text: "gone", action }]], "/toasts-too"),
    )
    await submit(page, "flash")
    await onPage(page, "toasts-too")
    await page.getByRole("button", { name: "Undo" }).click()
    await onPage(page, "toasts-too")
    await shown.once("undone: toast")
  })

  test("shows what takes the place of another layout's message", async ({ page }) => {
    const [first, second] = [unique("first"), unique("second")]
    const messages: Flashed[] = [["success", { text: second, id: "job" }]]
    const shown = await opened(page, formAt("/toasts", messages, "/toasts-apart"))
    await fetchAndNotice(page, [["success", { text: first, id: "job" }]])
    await shown.once(first)
    await submit(page, "flash")
    await onPage(page, "toasts-apart")
    await shown.once(second)
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
    await expect(page.getByText(second, { exact: true })).toBeVisible()
  })

  test("is left for a page with our banner, and takes nothing along", async ({ page }) => {
    const text = unique("toast")
    const shown = await opened(page, formAt("/toasts", [["success", text]]))
    await submit(page, "flash")
    await shown.once(text)
    await follow(page, "/rich")
    await onPage(page, "rich")
    await expect(page.getByText(text).filter({ visible: true })).toHaveCount(0)
    await shown.once(text)
  })
})

test.describe("a form in a modal over a page", () => {
  for (const [button, heading] of [
    ["close", "gallery"],
    ["go", "target"],
  ] as const) {
    test(`that ends in a redirect: ${button}`, async ({ page }) => {
      const shown = await opened(page, "/gallery")
      await page.getByRole("link", { name: "compose" }).click()
      await expect(page.getByRole("heading", { name: "compose here" })).toBeVisible()
      await submit(page, button)
      await onPage(page, heading)
      await shown.once("composed")
      await page.goBack()
      await expect(page.getByRole("heading", { name: /^compose/ })).toBeVisible()
      await page.goForward()
      await onPage(page, heading)
      await shown.once("composed")
    })
  }

  test("that stays shows a message once, in the page or in itself", async ({ page }) => {
    const shown = await opened(page, "/gallery")
    await page.getByRole("link", { name: "compose" }).click()
    await expect(page.getByRole("heading", { name: "compose here" })).toBeVisible()
    await submit(page, "stay")
    await shown.once("composed")
    await expect(page.locator("dialog .flash")).toHaveCount(0)
    await submit(page, "stay in the modal")
    await expect(page.locator("dialog .flash")).toHaveCount(1)
    await expect.poll(() => shown.count("composed")).toBe(2)
    await expect(page.locator(".flash")).toHaveCount(1)
  })
})
