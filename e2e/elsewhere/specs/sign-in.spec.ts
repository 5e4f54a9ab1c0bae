import type { Server } from "node:http"
import { expect, test } from "@playwright/test"
import { newTab, onPage, open, submit, type MatrixCase, type Tools } from "../../case.ts"
import { runCases } from "../../run-cases.ts"
import { documentsRead } from "../../shown.ts"
import { isGone, isShownOnce, openSaying } from "./shop.ts"
import { signInPort, startSignInService } from "./sign-in-service.ts"

/** One service for all, and so one after the other. */
test.describe.configure({ mode: "default" })

let service: Server
test.beforeAll(async ({ baseURL }) => {
  service = await startSignInService(String(baseURL))
})
test.afterAll(() => void service.close())

/** Who the account page says is signed in, with the message, which is not there again. */
async function isSignedIn(tools: Tools, person: string): Promise<void> {
  await onPage(tools.page, "account")
  await expect(tools.page.getByTestId("person")).toHaveText(person)
  await isShownOnce(tools)
  await tools.page.reload()
  await onPage(tools.page, "account")
  await expect(tools.page.getByTestId("person")).toHaveText(person)
  await isGone(tools, tools.text)
}

async function signInElsewhere(tools: Tools): Promise<string> {
  const back = tools.page.waitForRequest((request) => request.url().includes("/auth/return"))
  await openSaying(tools, "/sign-in")
  await tools.page.getByRole("link", { name: "sign in elsewhere" }).click()
  return (await back).url()
}

/** A person who has a session already. */
async function saveName(tools: Tools): Promise<void> {
  await open(tools, "/account")
  await tools.page.getByLabel("name").fill("alan")
  await submit(tools.page, "save")
  await expect(tools.page.getByTestId("person")).toHaveText("alan")
}

/** The service's page, whose form posts to the app. */
async function postFromService(tools: Tools, action: string): Promise<void> {
  await documentsRead(tools.page)
  const query = new URLSearchParams({ action, message: tools.text })
  await tools.page.goto(`http://127.0.0.1:${signInPort()}/form?${query}`)
  await tools.page.getByRole("button", { name: "continue" }).click()
}

runCases("sent back by another site", [
  {
    name: "by redirects",
    async run(tools) {
      await signInElsewhere(tools)
      await isSignedIn(tools, "ada")
    },
  },
  {
    name: "by redirects: what was sent along is good for one return",
    async run(tools) {
      const address = await signInElsewhere(tools)
      await isSignedIn(tools, "ada")
      await tools.page.goto(address)
      await onPage(tools.page, "sign in")
      await isShownOnce({ ...tools, text: "That sign-in was not begun here" })
      await isGone(tools, tools.text)
    },
  },
  {
    name: "by a form, on a first visit",
    async run(tools) {
      await postFromService(tools, "/auth/return")
      await isSignedIn(tools, "grace")
    },
  },
  {
    name: "by a form, to somebody who has a session: a new one begins",
    async run(tools) {
      await saveName(tools)
      await postFromService(tools, "/auth/return")
      await isSignedIn(tools, "grace")
    },
  },
  {
    name: "by a form that writes without beginning a session: refused, the person's session stays",
    complaint: /500/,
    async run(tools) {
      await saveName(tools)
      const answered = tools.page.waitForResponse((response) => response.url().endsWith("/auth/paid"))
      await postFromService(tools, "/auth/paid")
      expect((await answered).status()).toBe(500)
      // An error without a page of its own ends in the browser's.
      const tab = await newTab(tools, "/account")
      await expect(tab.getByTestId("person")).toHaveText("alan")
      expect(tools.shown.count(tools.text)).toBe(0)
    },
  },
])

function inPopup(name: string, button: string): MatrixCase {
  return {
    name,
    only: "js",
    async run(tools) {
      await openSaying(tools, "/sign-in", { to: "/account" })
      const opened = tools.context.waitForEvent("page")
      await submit(tools.page, "sign in in a popup")
      const popup = await opened
      await onPage(popup, "sign in")
      const closed = popup.waitForEvent("close")
      await submit(popup, button)
      await closed
      await isSignedIn(tools, "ada")
    },
  }
}

runCases("signed in in a popup", [
  inPopup("with a message for the opener's next page", "sign in"),
  inPopup("with a message for whichever page is next", "sign in quickly"),
])
