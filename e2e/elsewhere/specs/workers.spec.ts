import { expect, type Page } from "@playwright/test"
import { onPage, submit, type MatrixCase } from "../../case.ts"
import { runCases } from "../../run-cases.ts"
import { isGoneOnReload, isShownOnce, openSaying } from "./shop.ts"

/** From now on everything the page asks for goes through the app's worker. */
async function putWorkerInCharge(page: Page, kind: string): Promise<void> {
  await page.evaluate(async (script) => {
    const { serviceWorker } = navigator
    const inCharge = new Promise((resolve) => {
      serviceWorker.addEventListener("controllerchange", resolve, { once: true })
    })
    await serviceWorker.register(script)
    if (serviceWorker.controller === null) await inCharge
  }, `/sw.js?kind=${kind}`)
}

function casesOf(kind: string): MatrixCase[] {
  return [
    {
      name: "a guard flashes and redirects: a click on a plain link gets there",
      only: "js",
      async run(tools) {
        await openSaying(tools, "/sign-in")
        await putWorkerInCharge(tools.page, kind)
        const answered = tools.page.waitForResponse((response) => response.url().endsWith("/sign-in"))
        await tools.page.getByRole("link", { name: "for members" }).click()
        expect((await answered).fromServiceWorker()).toBe(true)
        await onPage(tools.page, "sign in")
        await isShownOnce(tools)
        await isGoneOnReload(tools, "sign in")
      },
    },
    {
      name: "a plain form to a route handler comes back with errors and text, then goes on",
      only: "js",
      async run(tools) {
        await openSaying(tools, "/contact")
        await putWorkerInCharge(tools.page, kind)
        await tools.page.getByLabel("text").fill("ab")
        await submit(tools.page, "send")
        await expect(tools.page.getByRole("note")).toHaveText("Use three letters or more")
        await expect(tools.page.getByLabel("text")).toHaveValue("ab")
        await tools.page.getByLabel("text").fill("abc")
        await submit(tools.page, "send")
        await onPage(tools.page, "account")
        await isShownOnce(tools)
        await isGoneOnReload(tools, "account")
      },
    },
    {
      name: "an action redirects",
      only: "js",
      async run(tools) {
        await openSaying(tools, "/say", { next: "/account" })
        await putWorkerInCharge(tools.page, kind)
        await submit(tools.page, "say")
        await onPage(tools.page, "account")
        await isShownOnce(tools)
        await isGoneOnReload(tools, "account")
      },
    },
  ]
}

runCases("a service worker that forwards what the page asks for (w3c/ServiceWorker#1803)", casesOf("forward"))
runCases("a service worker that makes requests of its own", casesOf("renew"))
