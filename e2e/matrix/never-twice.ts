import { expect } from "@playwright/test"
import {
  follow,
  hydrated,
  leaveWaiting,
  newTab,
  onPage,
  open,
  openForm,
  submit,
  visibleCount,
  type MatrixCase,
  type Tools,
} from "../case.ts"

/** The message has just been shown on `/target`. */
async function shownOnTarget(tools: Tools): Promise<void> {
  await openForm(tools, { text: tools.text, redirect: "/target" })
  await submit(tools.page)
  await onPage(tools.page, "target")
  await tools.shown.once(tools.text)
}

export const neverTwice: readonly MatrixCase[] = [
  {
    name: "leaves with the page, though the banner's layout stays",
    core: true,
    async run(tools) {
      await shownOnTarget(tools)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      expect(await visibleCount(tools.page, tools.text)).toBe(0)
      await follow(tools.page, "/target")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "Back and Forward",
    core: true,
    async run(tools) {
      await shownOnTarget(tools)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.page.goBack()
      await onPage(tools.page, "target")
      await tools.page.goBack()
      await onPage(tools.page, "form")
      await tools.page.goForward()
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "an address opened at once leads, by a page that moves on by itself, to where it was shown",
    only: "js",
    core: true,
    async run(tools) {
      await shownOnTarget(tools)
      // As a guarded page does whose shell streams, before its scripts run.
      const script = `<script>location.replace("${tools.base}/target")</script>`
      await tools.page.route("**/bounces", (route) =>
        route.fulfill({ contentType: "text/html", body: script }),
      )
      await tools.page.goto(`${tools.base}/bounces`)
      await onPage(tools.page, "target")
      await tools.page.waitForFunction(() => !("flash-unread" in sessionStorage))
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "Back from a page outside the banner's layout",
    async run(tools) {
      await shownOnTarget(tools)
      await follow(tools.page, "/static")
      await onPage(tools.page, "static")
      await tools.page.goBack()
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "Back to the form, then on to another page",
    async run(tools) {
      await shownOnTarget(tools)
      await tools.page.goBack()
      await onPage(tools.page, "form")
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "Back from another document",
    async run(tools) {
      await shownOnTarget(tools)
      await open(tools, "/other")
      await onPage(tools.page, "other")
      await tools.page.goBack()
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "reload at once, and again",
    core: true,
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/target" })
      await submit(tools.page)
      await tools.shown.once(tools.text)
      for (let times = 0; times < 2; times += 1) {
        await tools.page.reload()
        await onPage(tools.page, "target")
        if (tools.javaScript) await hydrated(tools.page)
      }
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "reload of a document before its scripts ran",
    only: "js",
    complaint: /ERR_FAILED/,
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: `${tools.base}/target` })
      await tools.page.route("**/_next/static/**", (route) => route.abort())
      await submit(tools.page, "post to route")
      await onPage(tools.page, "target")
      if (!tools.byScripts) await tools.shown.once(tools.text)
      await tools.page.unroute("**/_next/static/**")
      await tools.page.reload()
      await hydrated(tools.page)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "router.refresh() neither repeats it nor takes it away",
    core: true,
    only: "js",
    async run(tools) {
      await shownOnTarget(tools)
      const refreshed = tools.page.waitForResponse((response) => response.url().includes("_rsc"))
      await tools.page.evaluate(() => document.body.toggleAttribute("data-touched"))
      await submit(tools.page, "refresh")
      await refreshed
      await tools.page.evaluate(() => new Promise(requestAnimationFrame))
      expect(await visibleCount(tools.page, tools.text)).toBe(1)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "an action on the target page",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/form?count=1" })
      await submit(tools.page)
      await tools.shown.once(tools.text)
      await expect.poll(() => tools.page.url()).toContain("count=1")
      await submit(tools.page)
      await expect(tools.page.getByTestId("count")).toHaveText("1")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "the same text flashed twice on purpose is two messages",
    async run(tools) {
      await openForm(tools, { text: [tools.text, tools.text], redirect: "/target" })
      await submit(tools.page)
      await onPage(tools.page, "target")
      await expect.poll(() => tools.shown.count(tools.text)).toBe(2)
    },
  },
  {
    name: "the same text flashed by two submits is shown twice",
    async run(tools) {
      for (const times of [1, 2]) {
        await openForm(tools, { text: tools.text, redirect: "/target" })
        await submit(tools.page)
        await onPage(tools.page, "target")
        await expect.poll(() => tools.shown.count(tools.text)).toBe(times)
      }
    },
  },
  {
    name: "the same text flashed in place twice is shown twice",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      for (const times of [1, 2]) {
        await submit(tools.page)
        await expect.poll(() => tools.shown.count(tools.text)).toBe(times)
      }
      expect(await visibleCount(tools.page, tools.text)).toBe(1)
    },
  },
  {
    name: "double submit: no message more often than it was flashed",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/target", count: "1" })
      let posts = 0
      tools.page.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0))
      await tools.page.getByRole("button", { name: "submit", exact: true }).dblclick()
      await onPage(tools.page, "target")
      await expect.poll(() => tools.shown.count(tools.text)).toBeGreaterThanOrEqual(1)
      await expect.poll(() => posts).toBe(2)
      await tools.page.reload()
      await hydrated(tools.page)
      const submits = Number(await tools.page.getByTestId("count").textContent())
      expect(tools.shown.count(tools.text)).toBeLessThanOrEqual(submits)
    },
  },
  {
    name: "a tab opened later on the same page",
    async run(tools) {
      await shownOnTarget(tools)
      const tab = await newTab(tools, "/target")
      await onPage(tab, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "dismissed, and not back on reload",
    only: "js",
    async run(tools) {
      await shownOnTarget(tools)
      await tools.page.getByRole("button", { name: "Dismiss" }).click()
      await expect(tools.page.getByText(tools.text)).toHaveCount(0)
      await tools.page.reload()
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "two tabs arriving at the same moment (known limit of a store without a server: one or both)",
    async run(tools) {
      const most = tools.exactlyOnce ? 1 : 2
      const tab = await newTab(tools, "/other")
      await leaveWaiting(tools)
      await Promise.all([open(tools, "/target"), open(tools, "/target", tab)])
      await Promise.all([onPage(tools.page, "target"), onPage(tab, "target")])
      await expect.poll(() => tools.shown.count(tools.text)).toBeGreaterThanOrEqual(1)
      expect(tools.shown.count(tools.text)).toBeLessThanOrEqual(most)
      await open(tools, "/target")
      await onPage(tools.page, "target")
      expect(tools.shown.count(tools.text)).toBeLessThanOrEqual(most)
    },
  },
]
