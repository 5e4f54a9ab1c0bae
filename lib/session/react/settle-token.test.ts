import { afterEach, expect, it, vi } from "vitest"
import { tokenPath, type DeliveryToken } from "../core/delivery-token"
import type { PageOnScreen } from "./page-on-screen"
import { settleToken } from "./settle-token"

interface Situation {
  /** What the document was loaded for. */
  readonly loaded?: string
  readonly referrer?: string
  /** How the browser came to the document; undefined where it does not tell. */
  readonly navigation?: string
  /** The tab's history; undefined where the browser does not tell. */
  readonly history?: readonly string[]
  /** What the server answers to OPTIONS. */
  readonly status?: number
  readonly token?: Partial<DeliveryToken>
  readonly page?: Partial<PageOnScreen>
}

const taken: DeliveryToken = { name: "flash_i", id: "i", to: "/target", from: "/form", takenBy: "/target" }

const ORIGIN = "http://shop.example"

function stubBrowser(situation: Situation) {
  const { loaded = "/page", referrer = "", navigation = "push", history, status = 200 } = situation
  vi.stubGlobal("location", { origin: ORIGIN, pathname: "/page" })
  vi.stubGlobal("document", { referrer })
  vi.stubGlobal(
    "window",
    navigation === ""
      ? {}
      : {
          navigation: {
            activation: { navigationType: navigation },
            entries: history && (() => history.map((path) => ({ url: ORIGIN + path }))),
          },
        },
  )
  vi.stubGlobal("performance", { getEntriesByType: () => [{ name: ORIGIN + loaded, type: "navigate" }] })
  const ask = vi.fn<typeof fetch>(async () => new Response(null, { status }))
  vi.stubGlobal("fetch", ask)
  return ask
}

async function decide(situation: Situation) {
  const ask = stubBrowser(situation)
  const token = { ...taken, ...situation.token }
  const page = {
    path: "/page",
    rendered: true,
    firstPage: true,
    newPage: true,
    ...situation.page,
  } as PageOnScreen
  return { found: await settleToken(token, page), ask }
}

const LONG = `/${"x".repeat(200)}`
const longPath = { referrer: ORIGIN + LONG, token: { takenBy: tokenPath(LONG) } }

afterEach(() => vi.unstubAllGlobals())

it.each<[string, "show" | "clear" | "leave", Situation]>([
  ["this document, rendered for one request", "clear", { token: { takenBy: "/page" } }],
  ["this document, prerendered", "show", { token: { takenBy: "/page" }, page: { rendered: false } }],
  ["another tab's document", "clear", {}],
  ["another tab's document, in a browser that tells", "leave", { history: ["/", "/page"], status: 404 }],
  ["this tab's with nothing there", "show", { history: ["/form", "/target?a#b", "/page"], status: 404 }],
  ["another tab's document, on a soft navigation here", "clear", { page: { firstPage: false } }],
  [
    "another document, when this page merely renders again",
    "clear",
    { page: { newPage: false }, status: 404 },
  ],
  ["the document the router moved on from", "show", { loaded: "/target", page: { firstPage: false } }],
  ["one that redirected while it rendered", "show", { referrer: `${ORIGIN}/form` }],
  ["one that a link led here from", "clear", { referrer: `${ORIGIN}/target` }],
  ["one that moved on by itself", "show", { referrer: `${ORIGIN}/target`, navigation: "replace" }],
  [
    "one that perhaps did, in a browser that does not tell",
    "clear",
    { referrer: `${ORIGIN}/target`, navigation: "" },
  ],
  [
    "one that moved on, but another than was told",
    "clear",
    { referrer: `${ORIGIN}/else`, navigation: "replace" },
  ],
  ["one whose long path is a hash", "show", { ...longPath, navigation: "replace" }],
  [
    "a page of a site with a longer name",
    "clear",
    { referrer: `${ORIGIN}.evil/target`, navigation: "replace" },
  ],
  ["a page of another site's", "clear", { referrer: "http://other.example/target", navigation: "replace" }],
  ["a download, for any page", "show", { token: { to: "*" } }],
  ["any page, which a link led here from", "clear", { token: { to: "*" }, referrer: `${ORIGIN}/target` }],
  ["an address with nothing there", "show", { status: 404 }],
  [
    "an address with nothing there, on a soft navigation here",
    "show",
    { status: 404, page: { firstPage: false } },
  ],
  ["a route handler", "clear", { status: 204 }],
  ["a page that does not take OPTIONS", "clear", { status: 405 }],
])("%s: %s", async (_, expected, situation) => {
  expect((await decide(situation)).found).toBe(expected)
})

it("asks for what nothing else tells, without running anything, and never a path that is none", async () => {
  const { ask } = await decide({ status: 404 })
  expect(ask.mock.calls).toEqual([["/target", { method: "OPTIONS" }]])
  for (const takenBy of ["~hash", "//evil.example", "https://evil.example"]) {
    const asked = await decide({ status: 404, token: { takenBy } })
    expect([asked.found, asked.ask.mock.calls]).toEqual(["clear", []])
  }
})

it("asks for nothing that another tab was told", async () => {
  const { ask } = await decide({ history: ["/", "/page"], status: 404 })
  expect(ask).not.toHaveBeenCalled()
})

it("takes it for shown when the server cannot be asked", async () => {
  const { ask } = await decide({})
  ask.mockRejectedValue(new TypeError("no network"))
  await expect(
    settleToken(taken, { path: "/page", firstPage: true, newPage: true } as PageOnScreen),
  ).resolves.toBe("clear")
})
