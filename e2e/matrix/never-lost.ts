import { expect } from "@playwright/test"
import {
  expectPath,
  follow,
  hydrated,
  newTab,
  onPage,
  open,
  openForm,
  submit,
  type MatrixCase,
  type Tools,
} from "../case.ts"

/** Flashes on the way to `target`, which sends the person on to the page with `heading`. */
function sentOn(target: string, heading: string, then: string): (tools: Tools) => Promise<void> {
  return async (tools) => {
    await openForm(tools, { text: tools.text, redirect: target })
    await submit(tools.page)
    await onPage(tools.page, heading)
    await tools.shown.once(tools.text)
    await open(tools, then)
    await tools.shown.once(tools.text)
  }
}

function sentOnFromRoute(target: string, heading: string): (tools: Tools) => Promise<void> {
  return async (tools) => {
    await openForm(tools, { text: tools.text, redirect: tools.base + target })
    await submit(tools.page, "post to route")
    await onPage(tools.page, heading)
    await tools.shown.once(tools.text)
    await tools.page.reload()
    await onPage(tools.page, heading)
    await tools.shown.once(tools.text)
  }
}

/**
 * The target shows the message, and before anybody could read it makes room for the page with `heading`,
 * which shows it again; nothing after that does.
 */
function shownForAMoment(button: string, target: string, heading: string): (tools: Tools) => Promise<void> {
  return async (tools) => {
    const base = button === "submit" ? "" : tools.base
    await openForm(tools, { text: tools.text, redirect: base + target })
    await submit(tools.page, button)
    await onPage(tools.page, heading)
    await expect(tools.page.getByText(tools.text, { exact: true })).toBeVisible()
    const count = tools.shown.count(tools.text)
    expect(count).toBeLessThanOrEqual(2)
    await tools.page.reload()
    await onPage(tools.page, heading)
    await hydrated(tools.page)
    await open(tools, "/slow?then=/target")
    await onPage(tools.page, "target")
    expect(tools.shown.count(tools.text)).toBe(count)
  }
}

/** What becomes of a message whose target does not exist: the built-in 404 page has no banner. */
function nothingAtTarget(
  name: string,
  send: (tools: Tools) => Promise<void>,
  goOn: (tools: Tools) => Promise<string>,
): MatrixCase {
  return {
    name,
    only: "js",
    complaint: /404/,
    async run(tools) {
      await send(tools)
      await expect(tools.page.getByRole("heading", { name: "404" })).toBeVisible()
      expect(tools.shown.count(tools.text)).toBe(0)
      await onPage(tools.page, await goOn(tools))
      await tools.shown.once(tools.text)
      await open(tools, "/target")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  }
}

async function sendToNothing(tools: Tools): Promise<void> {
  await openForm(tools, { text: tools.text, redirect: "/nothing-there" })
  await submit(tools.page)
}

async function postToNothing(tools: Tools): Promise<void> {
  await openForm(tools, { text: tools.text, redirect: `${tools.base}/nothing-there` })
  await submit(tools.page, "post to route")
}

async function openOther(tools: Tools): Promise<string> {
  await open(tools, "/other")
  return "other"
}

async function goBack(tools: Tools): Promise<string> {
  await tools.page.goBack()
  return "form"
}

async function pastAStaticPage(tools: Tools): Promise<string> {
  await open(tools, "/static")
  await follow(tools.page, "/other")
  return "other"
}

const nothingThere = [
  nothingAtTarget("nothing there, then another page", sendToNothing, openOther),
  nothingAtTarget("nothing there, then Back", sendToNothing, goBack),
  nothingAtTarget("nothing there, past a static page", sendToNothing, pastAStaticPage),
  nothingAtTarget("from a route handler, nothing there", postToNothing, openOther),
  nothingAtTarget("from a route handler, nothing there, then Back", postToNothing, goBack),
]

export const neverLost: readonly MatrixCase[] = [
  { name: "bounced by middleware", core: true, run: sentOn("/guarded", "bounced", "/bounced") },
  { name: "redirected by next.config", core: true, run: sentOn("/moved", "target", "/target") },
  { name: "redirected by the target while it renders", only: "js", run: sentOn("/hops", "other", "/other") },
  { name: "trailing slash", run: sentOn("/target/", "target", "/target") },
  { name: "rewritten", run: sentOn("/rewritten", "target", "/target") },
  {
    name: "the inner request of the action fails",
    core: true,
    run: sentOn("/fragile", "fragile", "/fragile"),
  },
  { name: "from a route handler, bounced by middleware", run: sentOnFromRoute("/guarded", "bounced") },
  { name: "from a route handler, redirected by next.config", run: sentOnFromRoute("/moved", "target") },
  {
    name: "from a route handler, redirected while rendering",
    only: "js",
    run: (tools) =>
      (tools.streams
        ? shownForAMoment("post to route", "/hops", "other")
        : sentOnFromRoute("/hops", "other"))(tools),
  },
  {
    name: "redirected by the target while it renders (known limit: not shown, and not shown later)",
    only: "no-js",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/hops" })
      await submit(tools.page)
      await onPage(tools.page, "other")
      await open(tools, "/target")
      await onPage(tools.page, "target")
      expect(tools.shown.count(tools.text)).toBe(0)
    },
  },
  { name: "redirected by the target while it streams", only: "js", run: sentOn("/slow", "other", "/other") },
  {
    name: "redirected by the target while it streams, to a page with a banner of its own",
    only: "js",
    run: shownForAMoment("submit", "/slow?then=/apart", "apart"),
  },
  {
    name: "from a route handler, redirected while streaming: shown for a moment is not read",
    only: "js",
    run: shownForAMoment("post to route", "/slow?then=/other", "other"),
  },
  {
    name: "from a route handler, redirected while streaming, to a page with a banner of its own",
    only: "js",
    run: shownForAMoment("post to route", "/slow?then=/apart", "apart"),
  },
  { name: "from a route handler, trailing slash", run: sentOnFromRoute("/target/", "target") },
  ...nothingThere,
  {
    name: "nothing there (known limit: not shown, and not shown later)",
    only: "no-js",
    complaint: /404/,
    async run(tools) {
      await sendToNothing(tools)
      await expect(tools.page.getByRole("heading", { name: "404" })).toBeVisible()
      await open(tools, "/target")
      await onPage(tools.page, "target")
      expect(tools.shown.count(tools.text)).toBe(0)
    },
  },
  {
    name: "bounced by middleware that flashes too: both messages",
    core: true,
    async run(tools) {
      const why = `${tools.text} why`
      await openForm(tools, {
        text: `${tools.text} done`,
        redirect: `/guarded?why=${encodeURIComponent(why)}`,
      })
      await submit(tools.page)
      await onPage(tools.page, "bounced")
      await tools.shown.once(why)
      await tools.shown.once(`${tools.text} done`)
    },
  },
  {
    name: "addressed by hand to a page that middleware bounces",
    async run(tools) {
      await openForm(tools, { text: tools.text, to: "/guarded", redirect: "/other" })
      await submit(tools.page)
      await onPage(tools.page, "other")
      await open(tools, "/guarded")
      await onPage(tools.page, "bounced")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "a guard flashes to somebody who posts to it after the session ended",
    core: true,
    async run(tools) {
      await open(tools, `/private?why=${encodeURIComponent(tools.text)}`)
      const url = new URL(tools.page.url()).origin
      await tools.context.addCookies([{ name: "was-here", value: "1", url }])
      await submit(tools.page)
      await onPage(tools.page, "bounced")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "two messages waiting for two pages",
    async run(tools) {
      const also = `${tools.text} also`
      await openForm(tools, {
        text: `${tools.text} one`,
        to: "/target",
        also,
        alsoTo: "/",
        redirect: "/other",
      })
      await submit(tools.page)
      await onPage(tools.page, "other")
      await follow(tools.page, "/target")
      await onPage(tools.page, "target")
      await tools.shown.once(`${tools.text} one`)
      expect(tools.shown.count(also)).toBe(0)
      await follow(tools.page, "/")
      await onPage(tools.page, "home")
      await tools.shown.once(also)
      await tools.shown.once(`${tools.text} one`)
    },
  },
  {
    name: "another request of the same person commits in between",
    async run(tools) {
      await openForm(tools, { text: tools.text, to: "/target", redirect: "/other" })
      await submit(tools.page)
      await onPage(tools.page, "other")
      const tab = await newTab(tools, "/form?count=1")
      await submit(tab)
      await expect(tab.getByTestId("count")).toHaveText("1")
      await open(tools, "/target")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "the action fails after it flashed: kept for the next page",
    complaint: /500|the action failed|#441/,
    async run(tools) {
      await openForm(tools, { text: tools.text, fail: "1" })
      await submit(tools.page)
      await expect
        .poll(async () => (await tools.context.cookies()).some(({ name }) => name.startsWith("flash_")))
        .toBe(true)
      await open(tools, "/other")
      await onPage(tools.page, "other")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "a route handler that answers notFound() after it flashed",
    async run(tools) {
      await open(tools, "/other")
      const form = { text: tools.text, missing: "1" }
      const response = await tools.context.request.post(`${tools.base}/api/flash`, {
        form,
        headers: { origin: new URL(tools.page.url()).origin },
      })
      expect(response.status()).toBe(404)
      await open(tools, "/target")
      await onPage(tools.page, "target")
      await tools.shown.once(tools.text)
    },
  },
  {
    name: "an action called after a soft navigation to another page (known limit: refused, loudly)",
    only: "js",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await follow(tools.page, "/other")
      await onPage(tools.page, "other")
      await submit(tools.page, "call")
      await expect(tools.page).toHaveTitle(/^failed/)
      await expectPath(tools.page, tools, "/other")
      expect(tools.shown.count(tools.text)).toBe(0)
    },
  },
]
