import { expect } from "@playwright/test"
import { expectPath, onPage, open, submit, type Tools } from "../../case.ts"
import { runCases } from "../../run-cases.ts"
import { isGone, isGoneOnReload, isShownOnce, openSaying, say } from "./shop.ts"

/** The sign-in service's cookie is due for renewal. */
async function makeStale({ context, page }: Tools): Promise<void> {
  await context.addCookies([{ name: "auth", value: "stale", url: new URL(page.url()).origin }])
}

async function valuesOf({ context }: Tools, ...names: string[]): Promise<(string | undefined)[]> {
  const cookies = await context.cookies()
  return names.map((wanted) => cookies.find(({ name }) => name === wanted)?.value)
}

runCases("inside a middleware of the app's own", [
  {
    name: "that makes a new answer and sets cookies on it, as Supabase's does",
    async run(tools) {
      await openSaying(tools, "/say", { next: "/account" })
      await makeStale(tools)
      await submit(tools.page, "say")
      await onPage(tools.page, "account")
      await isShownOnce(tools)
      await expect(tools.page.getByTestId("auth")).toHaveText("fresh")
      expect(await valuesOf(tools, "auth", "auth-refresh")).toEqual(["fresh", "next"])
      await isGoneOnReload(tools, "account")
    },
  },
  {
    name: "its cookies, the session's and a message's token in one answer",
    async run(tools) {
      await openSaying(tools, "/sign-in", { to: "/counted" })
      await submit(tools.page, "sign in")
      await onPage(tools.page, "signed in")
      await makeStale(tools)
      const answered = tools.page.waitForResponse((response) => response.url().endsWith("/counted"))
      await open(tools, "/counted")
      const set = (await (await answered).headersArray())
        .filter(({ name }) => name.toLowerCase() === "set-cookie")
        .map(({ value }) => value.replace(/[=_].*/, ""))
      expect(set.toSorted()).toEqual(["auth", "auth-refresh", "flash", "session"])
      await onPage(tools.page, "counted")
      await isShownOnce(tools)
      await expect(tools.page.getByTestId("opened")).toHaveText("1")
      expect(await valuesOf(tools, "auth", "auth-refresh")).toEqual(["fresh", "next"])
    },
  },
  {
    name: "that writes to the session on each request",
    async run(tools) {
      await openSaying(tools, "/counted")
      await expect(tools.page.getByTestId("opened")).toHaveText("1")
      await tools.page.getByLabel("name").fill("ab")
      await submit(tools.page, "save")
      await expect(tools.page.getByRole("note")).toHaveText("Use three letters or more")
      await expect(tools.page.getByLabel("name")).toHaveValue("ab")
      await tools.page.getByLabel("name").fill("ada")
      await submit(tools.page, "save")
      await expect(tools.page.getByTestId("person")).toHaveText("ada")
      await isShownOnce(tools)
      // Opened, sent twice, and opened again: Next drops what middleware sets where an action renders its target.
      await open(tools, "/counted")
      await expect(tools.page.getByTestId("opened")).toHaveText(tools.javaScript ? "4" : "6")
      await expect(tools.page.getByTestId("person")).toHaveText("ada")
      await isGone(tools, tools.text)
    },
  },
  {
    name: "that rewrites a path in the visitor's language",
    async run(tools) {
      await openSaying(tools, "/de/hilfe")
      await onPage(tools.page, "Hilfe")
      await tools.page.getByLabel("question").fill("?")
      await submit(tools.page, "ask")
      await expect(tools.page.getByRole("note")).toHaveText("Bitte drei Zeichen oder mehr")
      await expect(tools.page.getByLabel("question")).toHaveValue("?")
      await expectPath(tools.page, tools, "/de/hilfe")
      await expect(tools.page.getByTestId("locale")).toHaveText("de")
      await tools.page.getByLabel("question").fill("Warum?")
      await submit(tools.page, "ask")
      await isShownOnce(tools)
      await expectPath(tools.page, tools, "/de/hilfe")
      await onPage(tools.page, "Hilfe")
      await isGoneOnReload(tools, "Hilfe")
    },
  },
  {
    name: "that rewrites: a message from elsewhere arrives there",
    async run(tools) {
      await say(tools, "/de/hilfe")
      await onPage(tools.page, "Hilfe")
      await expect(tools.page.getByTestId("locale")).toHaveText("de")
      await isShownOnce(tools)
      await expectPath(tools.page, tools, "/de/hilfe")
    },
  },
])
