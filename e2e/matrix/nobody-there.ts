import { expect, type APIResponse } from "@playwright/test"
import {
  follow,
  leaveWaiting,
  newTab,
  onPage,
  open,
  openForm,
  submit,
  type MatrixCase,
  type Tools,
} from "../case.ts"
import { documentsRead } from "../shown.ts"

async function thenArrives(tools: Tools, address = "/target", heading = "target"): Promise<void> {
  expect(tools.shown.count(tools.text), "shown before anybody arrived").toBe(0)
  await open(tools, address)
  await onPage(tools.page, heading)
  await tools.shown.once(tools.text)
}

/** A request of the browser's own cookies that is not a person's, then the person. */
function notTakenBy(
  request: (tools: Tools) => Promise<APIResponse | unknown>,
): (tools: Tools) => Promise<void> {
  return async (tools) => {
    await leaveWaiting(tools)
    await request(tools)
    await thenArrives(tools)
  }
}

export const nobodyThere: readonly MatrixCase[] = [
  {
    name: "prefetch={true} of the very target before the submit",
    only: "js",
    async run(tools) {
      const prefetched = tools.page.waitForResponse((response) => /\/target\/?\?_rsc/.test(response.url()))
      await openForm(tools, { text: tools.text, redirect: "/target", prefetch: "/target" })
      await prefetched
      await submit(tools.page)
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "prefetch={true} of the very target after the submit, then a click on it",
    core: true,
    built: true,
    only: "js",
    async run(tools) {
      await leaveWaiting(tools)
      const prefetched = tools.page.waitForResponse((response) => /\/target\/?\?_rsc/.test(response.url()))
      await open(tools, "/form?prefetch=/target")
      await prefetched
      expect(tools.shown.count(tools.text)).toBe(0)
      await tools.page.getByRole("link", { name: "prefetched" }).click()
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "automatic and hover prefetch of the target, then a click on it",
    only: "js",
    async run(tools) {
      await leaveWaiting(tools)
      const link = tools.page.getByRole("link", { name: "automatic" })
      await link.hover()
      await tools.page.waitForLoadState("networkidle")
      expect(tools.shown.count(tools.text)).toBe(0)
      await link.click()
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "HEAD of the target",
    run: notTakenBy((tools) => tools.context.request.head(`${tools.base}/target`)),
  },
  {
    name: "background fetch of the target",
    core: true,
    run: notTakenBy((tools) =>
      tools.javaScript
        ? tools.page.evaluate((url) => fetch(url).then((response) => response.text()), `${tools.base}/target`)
        : tools.context.request.get(`${tools.base}/target`),
    ),
  },
  {
    name: "background fetch of another page",
    run: notTakenBy((tools) => tools.context.request.get(`${tools.base}/other`)),
  },
  {
    name: "RSC request for the target",
    run: notTakenBy((tools) => tools.context.request.get(`${tools.base}/target`, { headers: { rsc: "1" } })),
  },
  {
    name: "RSC request for another page",
    run: notTakenBy((tools) => tools.context.request.get(`${tools.base}/other`, { headers: { rsc: "1" } })),
  },
  {
    name: "an image with the target's address",
    run: notTakenBy((tools) =>
      tools.context.request.get(`${tools.base}/target`, {
        headers: { "sec-fetch-dest": "image", "sec-fetch-mode": "no-cors", accept: "image/*,text/html" },
      }),
    ),
  },
  {
    name: "the browser's speculative load of the target",
    run: notTakenBy((tools) =>
      tools.context.request.get(`${tools.base}/target`, {
        headers: { "sec-purpose": "prefetch;prerender", "sec-fetch-dest": "document", accept: "text/html" },
      }),
    ),
  },
  {
    name: "another tab on another page",
    core: true,
    async run(tools) {
      const tab = await newTab(tools, "/other")
      await leaveWaiting(tools)
      await tab.reload()
      await onPage(tab, "other")
      await open(tools, "/", tab)
      await onPage(tab, "home")
      await thenArrives(tools)
    },
  },
  {
    name: "another tab, navigating softly",
    only: "js",
    async run(tools) {
      const tab = await newTab(tools, "/other")
      await leaveWaiting(tools)
      await follow(tab, "/")
      await onPage(tab, "home")
      await thenArrives(tools)
    },
  },
  {
    name: "another tab that refreshes itself",
    only: "js",
    async run(tools) {
      const tab = await newTab(tools, "/other")
      await openForm(tools, { text: tools.text })
      await submit(tools.page, "post to route")
      await expect(tools.page.getByText('{"ok":true}')).toBeVisible()
      const refreshed = tab.waitForResponse((response) => response.url().includes("_rsc"))
      await tab.getByRole("button", { name: "refresh" }).click()
      await refreshed
      await thenArrives(tools)
    },
  },
  {
    name: "a frame showing the target",
    run: notTakenBy(async (tools) => {
      const host = await newTab(tools, "/static")
      await host.evaluate((src) => {
        const frame = document.createElement("iframe")
        frame.src = src
        document.body.append(frame)
      }, `${tools.base}/target`)
      await expect(host.frameLocator("iframe").getByRole("heading", { name: "target" })).toBeVisible()
      await documentsRead(host)
      await host.close()
    }),
  },
  {
    name: "a page whose path starts with the target's",
    async run(tools) {
      await openForm(tools, { text: tools.text, to: "/form", redirect: "/form/deeper" })
      await submit(tools.page)
      await onPage(tools.page, "deeper")
      await thenArrives(tools, "/form", "form")
    },
  },
  {
    name: "every page when it is addressed to the root",
    async run(tools) {
      await openForm(tools, { text: tools.text, to: "/", redirect: "/other" })
      await submit(tools.page)
      await onPage(tools.page, "other")
      await thenArrives(tools, "/", "home")
    },
  },
  {
    name: "a second tab on the very target, afterwards",
    async run(tools) {
      await leaveWaiting(tools)
      await thenArrives(tools)
      const tab = await newTab(tools, "/target")
      await onPage(tab, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "a prefetch of a guarded page flashes nothing; the click does",
    core: true,
    built: true,
    only: "js",
    async run(tools) {
      const guarded = `/guarded?why=${encodeURIComponent(tools.text)}`
      const prefetched = tools.page.waitForResponse((response) => response.url().includes("/guarded"))
      await open(tools, `/form?prefetch=${encodeURIComponent(guarded)}`)
      await prefetched
      expect(await tools.context.cookies()).toEqual([])
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      expect(tools.shown.count(tools.text)).toBe(0)
      await open(tools, `/form?prefetch=${encodeURIComponent(guarded)}`)
      await tools.page.getByRole("link", { name: "prefetched" }).click()
      await onPage(tools.page, "bounced")
      await tools.shown.once(tools.text)
    },
  },
]
