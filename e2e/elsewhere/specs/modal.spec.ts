import { expect, type Page } from "@playwright/test"
import { expectPath, follow, onPage, submit, type Tools } from "../../case.ts"
import { runCases } from "../../run-cases.ts"
import { isGone, isGoneOnReload, isShownOnce, openSaying } from "./shop.ts"

const modalOf = (page: Page) => page.getByRole("dialog", { name: "item 1" })

async function openModal(tools: Tools): Promise<void> {
  await openSaying(tools, "/items")
  await tools.page.getByRole("link", { name: "first item" }).click()
  await expect(modalOf(tools.page)).toBeVisible()
}

/** The errors are in the modal, over the page it was opened on. */
async function isSentBack({ page }: Tools, stars: string): Promise<void> {
  await expect(modalOf(page).getByRole("note")).toHaveText("One to five stars")
  await expect(modalOf(page).getByLabel("stars")).toHaveValue(stars)
  await onPage(page, "items")
}

runCases("a form in an intercepted modal (vercel/next.js#60948, #52837)", [
  {
    name: "wrong input comes back in the modal, right input goes on with a message",
    only: "js",
    async run(tools) {
      await openModal(tools)
      await tools.page.getByLabel("stars").fill("9")
      await submit(tools.page, "rate")
      await isSentBack(tools, "9")
      await expectPath(tools.page, tools, "/item/1")
      await tools.page.getByLabel("stars").fill("5")
      await submit(tools.page, "rate")
      await expect(modalOf(tools.page)).toHaveCount(0)
      await onPage(tools.page, "items")
      await expectPath(tools.page, tools, "/items")
      await isShownOnce(tools)
      await follow(tools.page, "/account")
      await onPage(tools.page, "account")
      await tools.page.goBack()
      await onPage(tools.page, "items")
      await isGone(tools, tools.text)
    },
  },
  {
    name: "saved, then router.back(): the message is on the page behind the modal",
    only: "js",
    async run(tools) {
      await openModal(tools)
      await tools.page.getByLabel("stars").fill("0")
      await submit(tools.page, "rate and close")
      await isSentBack(tools, "0")
      await tools.page.getByLabel("stars").fill("5")
      await submit(tools.page, "rate and close")
      await expect(modalOf(tools.page)).toHaveCount(0)
      await onPage(tools.page, "items")
      await isShownOnce(tools)
      await isGoneOnReload(tools, "items")
    },
  },
  {
    name: "the same form as a page of its own",
    async run(tools) {
      await openSaying(tools, "/item/1")
      await tools.page.getByLabel("stars").fill("9")
      await submit(tools.page, "rate")
      await onPage(tools.page, "item 1")
      await expect(tools.page.getByRole("note")).toHaveText("One to five stars")
      await expect(tools.page.getByLabel("stars")).toHaveValue("9")
      await tools.page.getByLabel("stars").fill("5")
      await submit(tools.page, "rate")
      await onPage(tools.page, "items")
      await isShownOnce(tools)
    },
  },
])
