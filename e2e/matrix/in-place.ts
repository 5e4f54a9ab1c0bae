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
} from "../case.ts"

export const inPlace: readonly MatrixCase[] = [
  {
    name: "action without redirect, not kept for later",
    core: true,
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await submit(tools.page)
      await tools.shown.once(tools.text)
      await open(tools, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
      expect(await tools.context.cookies()).toEqual([])
    },
  },
  {
    name: "action in an event handler",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await submit(tools.page, "in place")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "together with a change of the session",
    async run(tools) {
      await openForm(tools, { text: tools.text, count: "1" })
      await submit(tools.page)
      await tools.shown.once(tools.text)
      await expect(tools.page.getByTestId("count")).toHaveText("1")
    },
  },
  {
    name: "back() returns to the page with its query, in place or by 303",
    async run(tools) {
      await openForm(tools, { text: tools.text, back: "1", note: "kept" })
      const requests = recordRequests(tools.page)
      await submit(tools.page)
      await tools.shown.once(tools.text)
      expect(new URL(tools.page.url()).searchParams.get("note")).toBe("kept")
      expect(requests).toEqual(tools.javaScript ? ["POST"] : ["POST", "GET"])
    },
  },
  {
    name: "validation fails in place, corrected and submitted again",
    core: true,
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await tools.page.getByLabel("name").fill("ab")
      const answered = tools.page.waitForResponse((response) => response.request().method() === "POST")
      await submit(tools.page, "check")
      await expect(tools.page.getByRole("note")).toHaveText("Use three letters or more")
      await expect(tools.page.getByLabel("name")).toHaveValue("ab")
      expect((await (await answered).allHeaders())["x-action-redirect"]).toBeUndefined()
      await tools.page.getByLabel("name").fill("abc")
      await submit(tools.page, "check")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
      await open(tools, "/form")
      await onPage(tools.page, "form")
      await expect(tools.page.getByRole("note")).toBeEmpty()
      await expect(tools.page.getByLabel("name")).toHaveValue("")
    },
  },
  {
    name: "leaves with the page, not there on return",
    core: true,
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await submit(tools.page)
      await tools.shown.once(tools.text)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      expect(await visibleCount(tools.page, tools.text)).toBe(0)
      await follow(tools.page, "/form")
      await onPage(tools.page, "form")
      await expectPath(tools.page, tools, "/form")
      await tools.shown.once(tools.text)
    },
  },
]
