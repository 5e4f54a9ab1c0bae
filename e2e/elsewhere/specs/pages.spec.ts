import { expect } from "@playwright/test"
import { expectPath, follow, hydrated, onPage, open, submit, type MatrixCase } from "../../case.ts"
import { runCases } from "../../run-cases.ts"
import { isGone, isGoneOnReload, isShownOnce, openSaying, say } from "./shop.ts"

/** An action leads to `target`, whose heading is `heading`. */
function leadsTo(
  name: string,
  target: string,
  heading: string,
  given: Pick<MatrixCase, "only" | "complaint"> = {},
): MatrixCase {
  return {
    name,
    ...given,
    async run(tools) {
      await say(tools, target)
      await onPage(tools.page, heading)
      await isShownOnce(tools)
      await expectPath(tools.page, tools, target.replace(/\?.*/, ""))
      await follow(tools.page, "/items")
      await onPage(tools.page, "items")
      await isGone(tools, tools.text)
      await open(tools, target)
      await onPage(tools.page, heading)
      await isGone(tools, tools.text)
    },
  }
}

// What notFound() or an error puts in place of a page, Next renders in the browser only.
runCases("a message leads to a page of another kind", [
  leadsTo("that calls notFound()", "/gone", "not here", { only: "js", complaint: /404/ }),
  leadsTo("that throws", "/broken", "something broke", { only: "js", complaint: /500|#441/ }),
  leadsTo("that takes its time, with loading.tsx", "/slow", "slow", { only: "js" }),
  leadsTo("whose title is read from the session", "/account", "account"),
  leadsTo("with a query, of a next/form", "/search?q=tea", "found tea"),
  leadsTo("whose path is encoded (vercel/next.js#73965)", "/place/caf%C3%A9", "café"),
  leadsTo("whose path has a space", "/place/two%20words", "two words"),
  leadsTo("that a middleware counts", "/counted", "counted"),
  {
    name: "that takes its time: the banner is there before the page is",
    only: "no-js",
    async run(tools) {
      await say(tools, "/slow")
      await isShownOnce(tools)
      await open(tools, "/items")
      await isGone(tools, tools.text)
    },
  },
])

runCases("a message on a page that", [
  {
    name: "searches by next/form",
    async run(tools) {
      await say(tools, "/search")
      await onPage(tools.page, "search")
      await isShownOnce(tools)
      await tools.page.getByLabel("for").fill("tea")
      await submit(tools.page, "search")
      await onPage(tools.page, "found tea")
      await tools.shown.once(tools.text)
      await submit(tools.page, "search items")
      await onPage(tools.page, "items")
      await isGone(tools, tools.text)
      if (!tools.javaScript) return
      await tools.page.goBack()
      await onPage(tools.page, "found tea")
      await isGone(tools, tools.text)
    },
  },
  {
    name: "moves on by history.pushState",
    only: "js",
    async run(tools) {
      await say(tools, "/account")
      await onPage(tools.page, "account")
      await isShownOnce(tools)
      await submit(tools.page, "orders")
      await expect(tools.page).toHaveURL(/\?tab=orders$/)
      await isShownOnce(tools)
      await submit(tools.page, "all orders")
      await expectPath(tools.page, tools, "/account/orders")
      await isGone(tools, tools.text)
      for (const path of ["/account", "/account"]) {
        await tools.page.goBack()
        await expectPath(tools.page, tools, path)
        await isGone(tools, tools.text)
      }
    },
  },
  {
    name: "revalidates itself in place",
    async run(tools) {
      await openSaying(tools, "/say")
      await submit(tools.page, "say here")
      await isShownOnce(tools)
      await open(tools, "/items")
      await isGone(tools, tools.text)
      await open(tools, "/say")
      await isGone(tools, tools.text)
    },
  },
  {
    name: "is left by router.back()",
    only: "js",
    async run(tools) {
      await say(tools, "/account")
      await onPage(tools.page, "account")
      await isShownOnce(tools)
      await submit(tools.page, "go back")
      await onPage(tools.page, "say")
      await isGone(tools, tools.text)
      await tools.page.goForward()
      await onPage(tools.page, "account")
      await isGone(tools, tools.text)
    },
  },
  {
    name: "the browser translates",
    only: "js",
    async run(tools) {
      await say(tools, "/account")
      await onPage(tools.page, "account")
      await isShownOnce(tools)
      await tools.page.evaluate(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        const texts: Text[] = []
        while (walker.nextNode()) texts.push(walker.currentNode as Text)
        for (const text of texts) {
          if (text.data.trim() === "" || text.parentElement?.closest("script, style")) continue
          const font = document.createElement("font")
          font.append(document.createElement("font"))
          font.firstElementChild!.append(`${text.data} (translated)`)
          text.replaceWith(font)
        }
      })
      const translated = `${tools.text} (translated)`
      await expect(tools.page.getByText(translated, { exact: true })).toBeVisible()
      await tools.page.locator('a[href="/items"]').click()
      await onPage(tools.page, "items")
      await expect(tools.page.getByText(translated, { exact: true })).toHaveCount(0)
      await tools.page.goBack()
      await expectPath(tools.page, tools, "/account")
      await expect(tools.page.getByLabel("name")).toBeVisible()
      await expect(tools.page.getByText(tools.text)).toHaveCount(0)
    },
  },
])

runCases("what else an app answers with", [
  {
    name: "a redirect of the route handler's own making, with cookies of its own (vercel/next.js#34467)",
    async run(tools) {
      await openSaying(tools, "/say")
      await submit(tools.page, "to the basket")
      await onPage(tools.page, "account")
      await isShownOnce(tools)
      const cookies = await tools.context.cookies()
      const named = (wanted: string) => cookies.find(({ name }) => name === wanted)?.value
      expect([named("basket"), named("basket-seen"), named("session")]).toEqual([
        "1",
        "yes",
        expect.stringMatching(/./),
      ])
      await isGoneOnReload(tools, "account")
    },
  },
  {
    name: "draft mode and a redirect (vercel/next.js#49237)",
    async run(tools) {
      await openSaying(tools, "/preview")
      await onPage(tools.page, "account")
      await expect(tools.page.getByTestId("draft")).toHaveText("draft")
      await isShownOnce(tools)
      await tools.page.reload()
      await onPage(tools.page, "account")
      await expect(tools.page.getByTestId("draft")).toHaveText("draft")
      await isGone(tools, tools.text)
    },
  },
  {
    name: "a box that was unticked stays so when the form comes back, and when it is saved",
    async run({ page, javaScript, ...tools }) {
      await open({ page, javaScript, ...tools }, "/account")
      const news = page.getByRole("checkbox", { name: "news" })
      await expect(news).toBeChecked()
      await news.uncheck()
      await page.getByLabel("name").fill("ab")
      await submit(page, "save")
      await expect(page.getByText("Use three letters or more").first()).toBeVisible()
      await expect(news).not.toBeChecked()
      await expect(page.getByLabel("name")).toHaveValue("ab")
      await page.getByLabel("name").fill("abc")
      await submit(page, "save")
      await expect(page.getByTestId("person")).toHaveText("abc")
      await expect(news).not.toBeChecked()
      await page.reload()
      if (javaScript) await hydrated(page)
      await expect(news).not.toBeChecked()
      await expect(page).toHaveTitle("Account of abc")
    },
  },
])
