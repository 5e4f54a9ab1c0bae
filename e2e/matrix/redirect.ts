import { expect } from "@playwright/test"
import {
  expectPath,
  follow,
  onPage,
  open,
  openForm,
  recordRequests,
  submit,
  visibleCount,
  type MatrixCase,
  type Tools,
} from "../case.ts"

/** Submits a form that flashes and redirects, and expects the message there, once. */
function redirectsTo(target: string, heading: string, path = target): (tools: Tools) => Promise<void> {
  return async (tools) => {
    await openForm(tools, { text: tools.text, redirect: target })
    await submit(tools.page)
    await onPage(tools.page, heading)
    await tools.shown.once(tools.text)
    await expectPath(tools.page, tools, path)
    expect(await visibleCount(tools.page, tools.text)).toBe(1)
  }
}

function routeRedirectsTo(target: string, heading: string): (tools: Tools) => Promise<void> {
  return async (tools) => {
    await openForm(tools, { text: tools.text, redirect: tools.base + target })
    await submit(tools.page, "post to route")
    await onPage(tools.page, heading)
    await tools.shown.once(tools.text)
  }
}

export const redirect: readonly MatrixCase[] = [
  { name: "action redirects to another page", core: true, run: redirectsTo("/target", "target") },
  { name: "action redirects to the same page", core: true, run: redirectsTo("/form", "form") },
  { name: "action redirects to the root", run: redirectsTo("/", "home") },
  { name: "action redirects to a path that starts with its own", run: redirectsTo("/form/deeper", "deeper") },
  { name: "target with query and hash", run: redirectsTo("/target?a=1&b=%20#part", "target", "/target") },
  { name: "route handler redirects to another page", core: true, run: routeRedirectsTo("/target", "target") },
  { name: "route handler redirects to the same page", run: routeRedirectsTo("/form", "form") },
  {
    name: "costs one request with JavaScript, two without",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/target" })
      const requests = recordRequests(tools.page)
      await submit(tools.page)
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      expect(requests).toEqual(tools.javaScript ? ["POST"] : ["POST", "GET", "GET"])
    },
  },
  {
    name: "two messages at once",
    async run(tools) {
      const second = `${tools.text} second`
      await openForm(tools, { text: [`${tools.text} first`, second], redirect: "/target" })
      await submit(tools.page)
      await onPage(tools.page, "target")
      await tools.shown.once(`${tools.text} first`)
      await tools.shown.once(second)
    },
  },
  {
    name: "addressed by hand to another page than the redirect leads to",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/other", to: "/target" })
      await submit(tools.page)
      await onPage(tools.page, "other")
      expect(tools.shown.count(tools.text)).toBe(0)
      await follow(tools.page, "/target")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "background call without redirect, then router.push",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, push: "/target" })
      await submit(tools.page, "fetch and push")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "route handler without redirect: the next page the person opens",
    core: true,
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await submit(tools.page, "post to route")
      await expect(tools.page.getByText('{"ok":true}')).toBeVisible()
      await open(tools, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "action addresses a page, the client pushes to it",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, push: "/target" })
      await submit(tools.page, "push addressed")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "flashed in one callback, redirected in the next",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await submit(tools.page, "in two steps")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "a prerendered page under the banner's layout",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: `${tools.base}/forced` })
      await submit(tools.page, "post to route")
      await onPage(tools.page, "forced")
      await tools.shown.once(tools.text)
      await tools.page.reload()
      await onPage(tools.page, "forced")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "for the next page, past a page without a banner",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await submit(tools.page, "post to route")
      await expect(tools.page.getByText('{"ok":true}')).toBeVisible()
      await open(tools, "/static")
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "for the next page, past a document that is no page",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await submit(tools.page, "post to route")
      await expect(tools.page.getByText('{"ok":true}')).toBeVisible()
      await tools.page.goto(`${tools.base}/raw`)
      await open(tools, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "middleware flashes on a page it rewrites",
    async run(tools) {
      await open(tools, `/greeted?text=${encodeURIComponent(tools.text)}`)
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
      await open(tools, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
]
