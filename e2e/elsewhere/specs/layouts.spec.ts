import { expect } from "@playwright/test"
import { follow, onPage, open, submit, type MatrixCase, type Tools } from "../../case.ts"
import { runCases } from "../../run-cases.ts"
import { isGone, isGoneOnReload, isShownOnce, openSaying, say } from "./shop.ts"

/** In the banner of that name, once. */
async function isShownIn(tools: Tools, banner: string, text: string): Promise<void> {
  await expect(tools.page.getByLabel(banner, { exact: true }).getByText(text, { exact: true })).toBeVisible()
  await tools.shown.once(text)
}

runCases("two root layouts, each with a banner", [
  {
    name: "from the shop to the administration (vercel/next.js#52879)",
    async run(tools) {
      await say(tools, "/admin")
      await onPage(tools.page, "admin")
      await isShownIn(tools, "shop", tools.text)
      await isGoneOnReload(tools, "admin")
      await follow(tools.page, "/")
      await onPage(tools.page, "home")
      await isGone(tools, tools.text)
    },
  },
  {
    name: "from the administration to the shop",
    async run(tools) {
      const text = `${tools.text} shop`
      await openSaying(tools, "/admin", { next: "/account" })
      await submit(tools.page, "say in the shop")
      await onPage(tools.page, "account")
      await isShownOnce({ ...tools, text })
      await follow(tools.page, "/admin")
      await onPage(tools.page, "admin")
      await isGone(tools, text)
      await tools.page.goBack()
      await onPage(tools.page, "account")
      if (tools.javaScript) await isGone(tools, text)
    },
  },
  {
    name: "a message waits while the person walks from one to the other by links",
    async run(tools) {
      const text = `${tools.text} shop`
      await openSaying(tools, "/admin")
      await submit(tools.page, "announce")
      await onPage(tools.page, "shifts")
      expect(tools.shown.count(text)).toBe(0)
      await follow(tools.page, "/")
      await onPage(tools.page, "home")
      await isShownOnce({ ...tools, text })
    },
  },
])

/** One request writes to both sessions; then the pages of both, in one order or the other. */
function bothIn(order: "staff first" | "shop first", button: string): (tools: Tools) => Promise<void> {
  return async (tools) => {
    const forShop = `${tools.text} shop`
    const forStaff = `${tools.text} staff`
    await openSaying(tools, "/admin")
    if (order === "shop first") {
      // Somebody else's page is opened while both wait.
      await submit(tools.page, button)
      await onPage(tools.page, "shifts")
      await isShownIn(tools, "staff", forStaff)
      expect(tools.shown.count(forShop)).toBe(0)
      await open(tools, "/")
    } else {
      await submit(tools.page, button)
      await onPage(tools.page, "shifts")
      await isShownIn(tools, "staff", forStaff)
      await follow(tools.page, "/admin")
      await onPage(tools.page, "admin")
      expect(tools.shown.count(forShop)).toBe(0)
      await follow(tools.page, "/")
    }
    await onPage(tools.page, "home")
    await isShownOnce({ ...tools, text: forShop })
    await open(tools, "/admin/shifts")
    await onPage(tools.page, "shifts")
    await isGone(tools, forShop)
    await isGone(tools, forStaff)
  }
}

const twoSessions: readonly MatrixCase[] = [
  { name: "an action writes to both, one after the other", run: bothIn("staff first", "announce") },
  { name: "an action writes to both, then a document of the shop", run: bothIn("shop first", "announce") },
  { name: "a route handler writes to one inside the other", run: bothIn("staff first", "announce by route") },
  {
    name: "one waits while the other is written",
    async run(tools) {
      await openSaying(tools, "/admin", { next: "/admin/shifts" })
      await submit(tools.page, "announce")
      await onPage(tools.page, "shifts")
      const second = `${tools.text} again`
      await openSaying(tools, "/admin", { message: second, next: "/admin/shifts" })
      await submit(tools.page, "say to staff")
      await onPage(tools.page, "shifts")
      await isShownIn(tools, "staff", `${second} staff`)
      const names = (await tools.context.cookies()).map(({ name }) => name)
      expect(names.filter((name) => /^flash_[\w-]{16}$/.test(name))).toHaveLength(1)
      await follow(tools.page, "/")
      await onPage(tools.page, "home")
      await isShownOnce({ ...tools, text: `${tools.text} shop` })
      await isGone(tools, `${second} staff`)
    },
  },
]
runCases("two sessions in one app", twoSessions)
