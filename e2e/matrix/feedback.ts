import { expect, type Page } from "@playwright/test"
import { expectPath, follow, onPage, open, openForm, submit, type MatrixCase, type Tools } from "../case.ts"

const WRONG = "Use three letters or more"

/** What the person sees of a form: the message, and what stands in the field. */
async function expectForm(page: Page, message: string, value: string): Promise<void> {
  await expect(page.getByText(WRONG)).toHaveCount(message === "" ? 0 : 1)
  await expect(page.getByLabel("name")).toHaveValue(value)
}

/** Fails on the form's page: the message is on screen, and the text beside it. */
async function fail(tools: Tools, address: string, button: string): Promise<void> {
  await open(tools, address)
  await tools.page.getByLabel("name").fill("ab")
  await submit(tools.page, button)
  await expectForm(tools.page, WRONG, "ab")
}

/** Wrong input, a link away, and Back: the form is empty. */
async function failLeaveAndReturn(
  tools: Tools,
  { address, heading, button }: { address: string; heading: string; button: string },
): Promise<void> {
  await fail(tools, address, button)
  await follow(tools.page, "/other")
  await onPage(tools.page, "other")
  await tools.page.goBack()
  await onPage(tools.page, heading)
  await expectForm(tools.page, "", "")
}

/** RSC requests a page makes from now on, but for prefetches. */
function countRenders(page: Page): () => number {
  let count = 0
  page.on("request", (request) => {
    const headers = request.headers()
    if (headers["rsc"] !== undefined && headers["next-router-prefetch"] === undefined) count += 1
  })
  return () => count
}

/** The form of README, which has none of the kit's parts, and one that is made of them. */
const forms = [
  { what: "a plain form", address: "/form?text=saved", heading: "form", button: "check", path: "/form" },
  {
    what: "a form of the kit's parts",
    address: "/fields",
    heading: "fields",
    button: "save",
    path: "/fields",
  },
]

const dropsRefresh: MatrixCase["limit"] = {
  next: /^16\.0\./,
  why: "the router drops a refresh when the person goes Back before its answer: errors are there for that moment",
}

const replays = forms.flatMap(({ what, address, heading, button, path }): MatrixCase[] => [
  {
    name: `${what}: left by a link, then Back, Forward and Back`,
    core: true,
    only: "js",
    limit: dropsRefresh,
    async run(tools) {
      await failLeaveAndReturn(tools, { address, heading, button })
      await tools.page.goForward()
      await onPage(tools.page, "other")
      await tools.page.goBack()
      await onPage(tools.page, heading)
      await expectForm(tools.page, "", "")
      await tools.shown.once(WRONG)
    },
  },
  {
    name: `${what}: left by a link, then Back at once: gone in the end`,
    core: true,
    only: "js",
    async run(tools) {
      await failLeaveAndReturn(tools, { address, heading, button })
    },
  },
  {
    name: `${what}: left by Back, then Forward`,
    only: "js",
    async run(tools) {
      await open(tools, "/other")
      await tools.page.evaluate(
        (to) => (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push(to),
        address,
      )
      await onPage(tools.page, heading)
      await tools.page.getByLabel("name").fill("ab")
      await submit(tools.page, button)
      await expectForm(tools.page, WRONG, "ab")
      await tools.page.goBack()
      await onPage(tools.page, "other")
      await tools.page.goForward()
      await onPage(tools.page, heading)
      await expectForm(tools.page, "", "")
      await tools.shown.once(WRONG)
    },
  },
  {
    name: `${what}: corrected and saved, then Back`,
    core: true,
    only: "js",
    async run(tools) {
      await fail(tools, address, button)
      await tools.page.getByLabel("name").fill("abc")
      await submit(tools.page, button)
      await onPage(tools.page, "target")
      await tools.page.goBack()
      await onPage(tools.page, heading)
      await expectForm(tools.page, "", "")
      await tools.shown.once(WRONG)
    },
  },
  {
    name: `${what}: corrected and saved, then back by a link`,
    only: "js",
    async run(tools) {
      await fail(tools, address, button)
      await tools.page.getByLabel("name").fill("abc")
      await submit(tools.page, button)
      await onPage(tools.page, "target")
      // Long enough for React to render again what the router keeps hidden.
      await tools.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)))
      await follow(tools.page, path)
      await onPage(tools.page, heading)
      await expectForm(tools.page, "", "")
      await tools.shown.once(WRONG)
    },
  },
])

export const feedback: readonly MatrixCase[] = [
  ...replays,
  {
    name: "another query of the same path, then Back",
    only: "js",
    async run(tools) {
      await fail(tools, "/fields?then=%2Ffields%3Fstep%3D2", "save")
      await tools.page.getByLabel("name").fill("abc")
      await submit(tools.page, "save")
      await expect.poll(() => tools.page.url()).toMatch(/fields\/?\?step=2$/)
      await tools.page.goBack()
      await expect.poll(() => tools.page.url()).toContain("then=")
      await expectForm(tools.page, "", "")
      await tools.shown.once(WRONG)
    },
  },
  {
    name: "a page without a banner, then Back",
    only: "js",
    async run(tools) {
      await fail(tools, "/lonely", "save")
      await follow(tools.page, "/static")
      await onPage(tools.page, "static")
      await tools.page.goBack()
      await onPage(tools.page, "lonely")
      await expectForm(tools.page, "", "")
      await tools.shown.once(WRONG)
    },
  },
  {
    name: "costs one request, when the page is left, and none otherwise",
    only: "js",
    async run(tools) {
      await fail(tools, "/form?text=saved", "check")
      const renders = countRenders(tools.page)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await expect.poll(renders).toBe(2)
      await follow(tools.page, "/target")
      await onPage(tools.page, "target")
      await tools.page.waitForLoadState("networkidle")
      expect(renders()).toBe(3)
    },
  },
  {
    name: "costs nothing where the router forgot by itself",
    only: "js",
    async run(tools) {
      await fail(tools, "/form?text=saved", "check")
      const renders = countRenders(tools.page)
      await tools.page.getByLabel("name").fill("abc")
      await submit(tools.page, "check")
      await onPage(tools.page, "target")
      await tools.page.waitForLoadState("networkidle")
      expect(renders()).toBe(0)
    },
  },
  {
    name: "two forms that share a bag keep their errors",
    only: "js",
    async run(tools) {
      await open(tools, "/fields?forms=2")
      await tools.page.getByLabel("name").first().fill("ab")
      const renders = countRenders(tools.page)
      await tools.page.getByRole("button", { name: "save" }).first().click()
      await expect(tools.page.getByText(WRONG)).toHaveCount(2)
      await expect(tools.page.getByLabel("name").first()).toBeFocused()
      await tools.page.waitForLoadState("networkidle")
      expect(renders()).toBe(0)
      await expect(tools.page.getByText(WRONG)).toHaveCount(2)
    },
  },
  {
    name: "a form that is mounted again keeps its errors, and the focus stays",
    only: "js",
    async run(tools) {
      await fail(tools, "/fields", "save")
      await expect(tools.page.getByLabel("name")).toBeFocused()
      const renders = countRenders(tools.page)
      const again = tools.page.getByRole("button", { name: "again" })
      await again.click()
      await tools.page.waitForLoadState("networkidle")
      expect(renders()).toBe(0)
      await expect(tools.page.getByText(WRONG)).toHaveCount(1)
      await expect(again).toBeFocused()
    },
  },
  ...["check in a helper", "check in another action"].map((button): MatrixCase => ({
    name: `${button}: what follows it is not done, and done once the input is right`,
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await tools.page.getByLabel("name").fill("ab")
      await submit(tools.page, button)
      await expectForm(tools.page, WRONG, "ab")
      await expectPath(tools.page, tools, "/form")
      await expect(tools.page.getByTestId("visited")).toBeEmpty()
      expect(tools.shown.count(tools.text)).toBe(0)
      await tools.page.getByLabel("name").fill("abc")
      await submit(tools.page, button)
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
      await open(tools, "/form")
      await expect(tools.page.getByTestId("visited")).toHaveText("abc")
      await expectForm(tools.page, "", "")
    },
  })),
  {
    name: "sent back by a route handler, found by a soft navigation",
    only: "js",
    async run(tools) {
      await open(tools, "/other")
      const origin = new URL(tools.page.url()).origin
      await tools.context.request.post(`${tools.base}/api/back`, {
        form: { name: "ab", error: WRONG, _back: "/form" },
        headers: { origin, accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
        maxRedirects: 0,
      })
      await follow(tools.page, "/form")
      await onPage(tools.page, "form")
      await expectForm(tools.page, WRONG, "ab")
      await tools.page.reload()
      await onPage(tools.page, "form")
      await expectForm(tools.page, "", "")
    },
  },
]
