import { expect, type Page } from "@playwright/test"
import { follow, hydrated, onPage, open, openForm, submit, type MatrixCase, type Tools } from "../case.ts"

/** What no banner shows is the page's, which reads it with `getFlash`. */
async function expectRead(page: Page, notice: string, order = ""): Promise<void> {
  await expect(page.getByTestId("notice")).toHaveText(notice)
  await expect(page.getByTestId("order")).toHaveText(order === "" ? "" : JSON.stringify({ id: order }))
}

async function goneAfterReload(tools: Tools): Promise<void> {
  await tools.page.reload()
  await onPage(tools.page, "reads")
  if (tools.javaScript) await hydrated(tools.page)
  await expectRead(tools.page, "")
}

export const leftToPage: readonly MatrixCase[] = [
  {
    name: "a key the banner does not show, by an action's redirect",
    core: true,
    async run(tools) {
      await openForm(tools, { text: tools.text, kind: "notice", redirect: "/reads" })
      await submit(tools.page)
      await onPage(tools.page, "reads")
      await expectRead(tools.page, tools.text)
      await goneAfterReload(tools)
    },
  },
  {
    name: "a value that is no text, by an action's redirect",
    async run(tools) {
      await openForm(tools, { order: "7", redirect: "/reads" })
      await submit(tools.page)
      await onPage(tools.page, "reads")
      await expectRead(tools.page, "", "7")
      await goneAfterReload(tools)
    },
  },
  {
    name: "not there again on Back",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, kind: "notice", redirect: "/reads" })
      await submit(tools.page)
      await onPage(tools.page, "reads")
      await expectRead(tools.page, tools.text)
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.page.goBack()
      await onPage(tools.page, "reads")
      await expectRead(tools.page, "")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "reached by a soft navigation: the page is rendered with it, and with the message beside it",
    only: "js",
    async run(tools) {
      const also = `also ${crypto.randomUUID()}`
      await openForm(tools, {
        text: tools.text,
        kind: "notice",
        to: "/reads",
        also,
        alsoTo: "/reads",
        order: "7",
      })
      await submit(tools.page)
      await expect
        .poll(async () => (await tools.context.cookies()).some(({ name }) => name.startsWith("flash_")))
        .toBe(true)
      await follow(tools.page, "/reads")
      await onPage(tools.page, "reads")
      await expect(tools.page.getByTestId("notice")).toHaveText(tools.text)
      await tools.shown.once(also)
      await tools.shown.once(tools.text)
      await goneAfterReload(tools)
      await tools.shown.once(also)
    },
  },
  {
    name: "waiting for the next page, past a prerendered one",
    only: "js",
    async run(tools) {
      await open(tools, "/other")
      await tools.context.request.post(`${tools.base}/api/flash`, {
        form: { text: tools.text, kind: "notice" },
        headers: { origin: new URL(tools.page.url()).origin },
      })
      await open(tools, "/prerendered")
      await onPage(tools.page, "prerendered")
      await tools.page.waitForLoadState("networkidle")
      await open(tools, "/reads")
      await onPage(tools.page, "reads")
      await expectRead(tools.page, tools.text)
      await goneAfterReload(tools)
    },
  },
]
