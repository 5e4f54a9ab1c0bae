import { expect, test } from "@playwright/test"
import { expectAnswer, expectText, onPage, press } from "./engines/acts.ts"
import type { BrowserTab } from "./engines/browser-tab.ts"
import { engines } from "./engines/engines.ts"

/**
 * A document that is left goes into the browser's page cache, as it is, and Back brings it to life again. The
 * documents here are prerendered, for browsers keep none that says `no-store`; the router then goes on to
 * pages that are rendered per request.
 */

/** Opens a document that the page cache takes, and softly the page at `path` behind it. */
async function enter(tab: BrowserTab, origin: string, path: string, heading: string): Promise<void> {
  await tab.goto(`${origin}/prerendered`)
  await press(tab, "to /other")
  await onPage(tab, "other")
  if (path === "/other") return
  await press(tab, `to ${path}`)
  await onPage(tab, heading)
}

/** Leaves a message waiting for `to`, as a route handler does. */
async function flash(tab: BrowserTab, text: string, to: string): Promise<void> {
  const post = (fields: { text: string; to: string }) =>
    fetch("/api/flash", { method: "POST", body: new URLSearchParams(fields) }).then(({ status }) => status)
  expect(await tab.evaluate(post, { text, to })).toBe(200)
}

/** Leaves the document for another, by a link or by a script. */
async function leave(tab: BrowserTab, by: "link" | "script"): Promise<void> {
  const go = (how: "link" | "script") => {
    addEventListener("pageshow", ({ persisted }) => (document.title = persisted ? "kept" : "loaded"))
    document.title = "left"
    const link = document.createElement("a")
    link.href = "/raw"
    document.body.append(link)
    if (how === "link") link.click()
    else location.assign(link.href)
  }
  await tab.evaluate(go, by)
  await expectText(tab, "raw")
}

/**
 * Leaves the page that `arrange` opens, and comes back to what the page cache kept of it. A browser keeps no
 * document that still waits for something, as on a busy machine one may: then all of it is done again, for
 * without the page cache the case would hold for the wrong reason.
 */
async function leaveAndComeBack(
  tab: BrowserTab,
  by: "link" | "script",
  arrange: () => Promise<void>,
): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    await arrange()
    await leave(tab, by)
    await tab.goBack()
    const isBack = () =>
      document.readyState === "complete" && location.pathname !== "/raw" && document.title !== "left"
    await expectAnswer(tab, isBack, null, true, "back")
    const title = await tab.evaluate(() => document.title, null)
    if (title === "kept") return
  }
  throw new Error("The page cache kept none of three documents.")
}

/** Links lead on, and what arrives is shown; `gone` is not, even when there is time to. */
async function isAlive(tab: BrowserTab, gone: string): Promise<void> {
  await press(tab, "to /target")
  await onPage(tab, "target")
  await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)), null)
  await expectText(tab, gone, false)
  const text = `still alive ${crypto.randomUUID()}`
  await flash(tab, text, "/other")
  await press(tab, "to /other")
  await onPage(tab, "other")
  await expectText(tab, text)
  await press(tab, "to /target")
  await onPage(tab, "target")
  await expectText(tab, text, false)
}

/** The version matrix asks for one engine. */
const only = process.env.MATRIX_BROWSER

for (const engine of engines().filter(({ name }) => only === undefined || name.toLowerCase() === only)) {
  test.describe(`Back over the page cache in ${engine.name}`, () => {
    test.describe.configure({ mode: "serial", timeout: 90_000 })
    let tab: BrowserTab
    let close = async () => {}
    test.beforeAll(async () => {
      ;({ tab, close } = await engine.open())
    })
    test.afterAll(() => close())

    for (const by of ["link", "script"] as const) {
      test(`a message on screen, left by a ${by}: gone, and the page lives`, async ({ baseURL }) => {
        const text = `message ${crypto.randomUUID()}`
        await leaveAndComeBack(tab, by, async () => {
          await enter(tab, String(baseURL), "/target", "target")
          await flash(tab, text, "/other")
          await press(tab, "to /other")
          await onPage(tab, "other")
          await expectText(tab, text)
        })
        await onPage(tab, "other")
        await expectText(tab, text, false)
        await isAlive(tab, text)
      })
    }

    test("no message on screen: the page lives", async ({ baseURL }) => {
      await leaveAndComeBack(tab, "link", () => enter(tab, String(baseURL), "/other", "other"))
      await onPage(tab, "other")
      await isAlive(tab, "message")
    })

    test("errors on screen: gone, and the page lives", async ({ baseURL }) => {
      await leaveAndComeBack(tab, "link", async () => {
        await enter(tab, String(baseURL), "/fields", "fields")
        await press(tab, "save")
        await expectText(tab, "Use three letters or more")
      })
      await onPage(tab, "fields")
      await expectText(tab, "Use three letters or more", false)
      await isAlive(tab, "Use three letters or more")
    })
  })
}
