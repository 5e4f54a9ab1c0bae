import { expect } from "@playwright/test"
import { expectCount, expectField, expectText, hydrated, onPage, press, type } from "./acts.ts"
import type { BrowserTab, Engine } from "./browser-tab.ts"

/** What a flow works with: one person, their browser, and one unique message. */
interface FlowTools {
  readonly tab: BrowserTab
  readonly origin: string
  readonly javaScript: boolean
  readonly text: string
}

export interface Flow {
  readonly name: string
  /** Where it does not hold, by the engine's own doing, and why. */
  readonly limit?: { readonly engine: Engine["name"]; readonly javaScript: boolean; readonly why: string }
  readonly run: (tools: FlowTools) => Promise<void>
}

async function open({ tab, origin, javaScript }: FlowTools, path: string, heading: string): Promise<void> {
  await tab.goto(origin + path)
  await onPage(tab, heading)
  if (javaScript) await hydrated(tab)
}

function openForm(tools: FlowTools, fields: Record<string, string>): Promise<void> {
  return open(tools, `/form?${new URLSearchParams(fields)}`, "form")
}

/** The message has just been shown on `/target`. */
async function shownOnTarget(tools: FlowTools, button = "submit"): Promise<void> {
  await openForm(tools, { text: tools.text, redirect: "/target" })
  await press(tools.tab, button)
  await onPage(tools.tab, "target")
  await expectCount(tools.tab, tools.text, 1)
}

/** Goes there by what the tab keeps; the message is not to be seen. */
async function returnTo(tools: FlowTools, how: "goBack" | "goForward", heading: string): Promise<void> {
  await tools.tab[how]()
  await onPage(tools.tab, heading)
  await expectText(tools.tab, tools.text, false)
}

function onceThenGone(button: string): (tools: FlowTools) => Promise<void> {
  return async (tools) => {
    await shownOnTarget(tools, button)
    for (let times = 0; times < 2; times += 1) {
      await tools.tab.reload()
      await onPage(tools.tab, "target")
      await expectText(tools.tab, tools.text, false)
    }
  }
}

const WRONG = "Use three letters or more"

export const flows: readonly Flow[] = [
  { name: "by an action's redirect: once, and gone on reload", run: onceThenGone("submit") },
  { name: "by a route handler's redirect: once, and gone on reload", run: onceThenGone("post to route") },
  {
    name: "in place: once, and not kept for later",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await press(tools.tab, "submit")
      await expectCount(tools.tab, tools.text, 1)
      await open(tools, "/other", "other")
      await expectText(tools.tab, tools.text, false)
    },
  },
  {
    name: "left by a link: gone, and not there on return",
    async run(tools) {
      await shownOnTarget(tools)
      await press(tools.tab, "to /other")
      await onPage(tools.tab, "other")
      await expectText(tools.tab, tools.text, false)
      await press(tools.tab, "to /target")
      await onPage(tools.tab, "target")
      await expectText(tools.tab, tools.text, false)
    },
  },
  {
    name: "Back and Forward",
    limit: {
      engine: "WebKit",
      javaScript: false,
      why: "WebKit's page cache keeps documents that say no-store over http, and shows them as they were",
    },
    async run(tools) {
      await shownOnTarget(tools)
      await press(tools.tab, "to /other")
      await onPage(tools.tab, "other")
      await returnTo(tools, "goBack", "target")
      await tools.tab.goBack()
      await onPage(tools.tab, "form")
      await returnTo(tools, "goForward", "target")
    },
  },
  {
    name: "any text",
    async run(tools) {
      const any = `${tools.text} <b>"Zażółć"</b> & 👩‍👩‍👧‍👦`
      await openForm(tools, { text: any, redirect: "/target" })
      await press(tools.tab, "submit")
      await onPage(tools.tab, "target")
      await expectCount(tools.tab, any, 1)
    },
  },
  {
    name: "wrong, then right: the error and the text come back, and neither is there again",
    async run(tools) {
      await openForm(tools, { text: tools.text })
      await type(tools.tab, "name", "ab")
      await press(tools.tab, "check")
      await expectCount(tools.tab, WRONG, 1)
      await expectField(tools.tab, "name", "ab")
      await type(tools.tab, "name", "abc")
      await press(tools.tab, "check")
      await onPage(tools.tab, "target")
      await expectCount(tools.tab, tools.text, 1)
      await openForm(tools, {})
      await expectCount(tools.tab, WRONG, 0)
      await expectField(tools.tab, "name", "")
    },
  },
  {
    name: "a guard's message, once",
    async run(tools) {
      await tools.tab.goto(`${tools.origin}/guarded?why=${encodeURIComponent(tools.text)}`)
      await onPage(tools.tab, "bounced")
      await expectCount(tools.tab, tools.text, 1)
      await tools.tab.reload()
      await onPage(tools.tab, "bounced")
      await expectText(tools.tab, tools.text, false)
    },
  },
  {
    name: "an action's redirect that a guard bounces",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/guarded" })
      await press(tools.tab, "submit")
      await onPage(tools.tab, "bounced")
      await expectCount(tools.tab, tools.text, 1)
    },
  },
  {
    name: "sign-in and sign-out",
    async run(tools) {
      await open(tools, "/vault", "other")
      await openForm(tools, { text: tools.text })
      await type(tools.tab, "name", "Ada")
      await press(tools.tab, "check in a helper")
      await onPage(tools.tab, "target")
      await open(tools, "/vault", "vault")
      const seenByScripts = await tools.tab.evaluate(() => document.cookie, null)
      expect(seenByScripts).not.toMatch(/(^|; )(__Host-)?session=/)
      const bye = `${tools.text} bye`
      await openForm(tools, { text: bye, out: "1", redirect: "/other" })
      await press(tools.tab, "submit")
      await onPage(tools.tab, "other")
      await expectCount(tools.tab, bye, 1)
      await open(tools, "/vault", "other")
      await expectText(tools.tab, bye, false)
    },
  },
  {
    name: "a second tab shows nothing of it, before and after",
    async run(tools) {
      const second = { ...tools, tab: await tools.tab.newTab() }
      await openForm(tools, { text: tools.text, to: "/target", redirect: "/other" })
      await press(tools.tab, "submit")
      await onPage(tools.tab, "other")
      await open(second, "/other", "other")
      await expectText(second.tab, tools.text, false)
      await press(tools.tab, "to /target")
      await onPage(tools.tab, "target")
      await expectCount(tools.tab, tools.text, 1)
      await open(second, "/target", "target")
      await expectText(second.tab, tools.text, false)
      await second.tab.close()
    },
  },
  {
    name: "a double click: no message more often than the form was sent",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/target", count: "1" })
      const clickTwice = () => {
        const all = [...document.querySelectorAll("button")]
        const button = all.find((found) => found.textContent === "submit")
        button?.click()
        button?.click()
      }
      await tools.tab.evaluate(clickTwice, null)
      await onPage(tools.tab, "target")
      const count = () => document.body.innerText.split("message ").length - 1
      await expectText(tools.tab, tools.text)
      const shown = await tools.tab.evaluate(count, null)
      await openForm(tools, {})
      const sent = await tools.tab.evaluate(
        () => Number(document.querySelector('[data-testid="count"]')?.textContent),
        null,
      )
      expect(sent).toBeGreaterThanOrEqual(1)
      expect(shown).toBeLessThanOrEqual(sent)
      await open(tools, "/target", "target")
      await expectText(tools.tab, tools.text, false)
    },
  },
  {
    name: "a static page shows it by its script; without, it waits for the next page",
    async run(tools) {
      await openForm(tools, { text: tools.text, redirect: "/prerendered" })
      await press(tools.tab, "submit")
      await onPage(tools.tab, "prerendered")
      await expectCount(tools.tab, tools.text, tools.javaScript ? 1 : 0)
      await press(tools.tab, "to /other")
      await onPage(tools.tab, "other")
      await expectCount(tools.tab, tools.text, tools.javaScript ? 0 : 1)
    },
  },
]
