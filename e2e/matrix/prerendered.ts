import { expect } from "@playwright/test"
import {
  follow,
  onPage,
  open,
  openForm,
  recordRequests,
  submit,
  visibleCount,
  type MatrixCase,
} from "../case.ts"

/** A static page that shows messages: the browser notices that one waits, and fetches it. */
export const prerendered: readonly MatrixCase[] = [
  {
    name: "is static: the same for everybody, and storable",
    core: true,
    built: true,
    async run(tools) {
      const response = await tools.context.request.get(`${tools.base}/prerendered`)
      expect(response.headers()["cache-control"]).toContain("s-maxage")
      expect(await response.text()).not.toContain(tools.text)
    },
  },
  {
    name: "makes no request when nothing waits",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, count: "1" })
      await submit(tools.page)
      await tools.shown.once(tools.text)
      const requests = recordRequests(tools.page)
      await open(tools, "/prerendered")
      await onPage(tools.page, "prerendered")
      expect(requests).toEqual(["GET"])
    },
  },
  {
    name: "reached by an action's redirect",
    core: true,
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/prerendered" })
      const requests = recordRequests(tools.page)
      await submit(tools.page)
      await onPage(tools.page, "prerendered")
      await tools.shown.once(tools.text)
      expect(requests).toEqual(["POST", "POST"])
      await tools.page.reload()
      await onPage(tools.page, "prerendered")
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "reached as a document",
    core: true,
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: `${tools.base}/prerendered` })
      await submit(tools.page, "post to route")
      await onPage(tools.page, "prerendered")
      await tools.shown.once(tools.text)
      await tools.page.reload()
      await onPage(tools.page, "prerendered")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "not taken by a background fetch of it",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, to: "/prerendered" })
      await submit(tools.page)
      await tools.page.evaluate(
        (address) => fetch(address).then((answer) => answer.text()),
        `${tools.base}/prerendered`,
      )
      await open(tools, "/prerendered")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "leaves with the page, and is not back on Back",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/prerendered" })
      await submit(tools.page)
      await tools.shown.once(tools.text)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      expect(await visibleCount(tools.page, tools.text)).toBe(0)
      await tools.page.goBack()
      await onPage(tools.page, "prerendered")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "shows none without JavaScript; the message waits for the next page that can",
    core: true,
    only: "no-js",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/prerendered" })
      await submit(tools.page)
      await onPage(tools.page, "prerendered")
      expect(tools.shown.count(tools.text)).toBe(0)
      await open(tools, "/prerendered")
      await onPage(tools.page, "prerendered")
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
      await open(tools, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
]
