import { expect } from "@playwright/test"
import { BACK_FIELD } from "../lib/session/core/wire-names.ts"
import { MIDDLEWARE_HEADERS } from "../lib/session/next/headers.ts"
import { follow, onPage, open, openForm, submit, type MatrixCase, type Tools } from "./case.ts"
import { runCases } from "./run-cases.ts"

/** `<BackField />` says which page its form is on, however the person got there; a form that fails returns there. */

/** The field says so, and a form posted with it comes back there, with errors and text. */
async function returnsTo(tools: Tools, address: string): Promise<void> {
  const { page } = tools
  await expect(page.locator(`input[name="${BACK_FIELD}"]`)).toHaveValue(address)
  await submit(page, "send back")
  await expect(page.getByRole("note")).toHaveText("wrong")
  await onPage(page, "form")
  const { pathname, search } = new URL(page.url())
  expect(pathname + search).toBe(address)
  await expect(page.getByLabel("name")).toHaveValue("typed")
}

/** By a document at `address`. */
function byDocument(name: string, address: string, prepare: (tools: Tools) => Promise<void>): MatrixCase {
  return {
    name,
    async run(tools) {
      await prepare(tools)
      await open(tools, address)
      await returnsTo(tools, address)
    },
  }
}

const nothing = async () => {}

runCases("the page a form is on", [
  byDocument("a document with a query", "/form?page=3&q=a+b", nothing),
  byDocument("a document asked for with forged headers of ours", "/form?page=3", ({ page }) => {
    const forged = MIDDLEWARE_HEADERS.map((name) => [name, "/target?forged=1"])
    return page.setExtraHTTPHeaders(Object.fromEntries(forged))
  }),
  byDocument("a document that lets no Referer out", "/form?page=3", async ({ page }) => {
    await page.route("**/form?page=3", async (route) => {
      const response = await route.fetch({ maxRedirects: 0 })
      await route.fulfill({ response, headers: { ...response.headers(), "referrer-policy": "no-referrer" } })
    })
  }),
  byDocument("a page that middleware rewrites to", "/formular?page=3", nothing),
  {
    name: "an action's redirect",
    async run(tools) {
      await openForm(tools, { came: "from", redirect: "/form?page=3" })
      await submit(tools.page)
      await expect(tools.page).toHaveURL(/\/form\?page=3$/)
      await returnsTo(tools, "/form?page=3")
    },
  },
  {
    name: "a link",
    async run(tools) {
      await open(tools, "/other?page=2")
      await follow(tools.page, "/form")
      await onPage(tools.page, "form")
      await returnsTo(tools, "/form")
    },
  },
  {
    name: "router.push",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text, push: "/form?page=3" })
      await submit(tools.page, "fetch and push")
      await expect(tools.page).toHaveURL(/\/form\?page=3$/)
      await returnsTo(tools, "/form?page=3")
    },
  },
  {
    name: "Back",
    async run(tools) {
      await open(tools, "/form?page=3")
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await tools.page.goBack()
      await onPage(tools.page, "form")
      await returnsTo(tools, "/form?page=3")
    },
  },
  {
    name: "a prerendered page, whose query only the browser knows",
    async run(tools) {
      await open(tools, "/prerendered?page=3")
      const address = tools.javaScript ? "/prerendered?page=3" : "/prerendered"
      await expect(tools.page.locator(`input[name="${BACK_FIELD}"]`)).toHaveValue(address)
      await submit(tools.page, "send back")
      await expect(tools.page).toHaveURL((url) => url.pathname + url.search === address)
      await onPage(tools.page, "prerendered")
    },
  },
])
