import { describe, expect, it } from "vitest"
import type { Claimant, FlashClaim, KeptClaim } from "./claim"
import {
  atPage,
  atRequest,
  claimInActionsRender,
  claimOfClient,
  claimOfPage,
  destinationOf,
  IN_PLACE,
  IN_PLACE_ONLY,
  isLeftToPage,
  isShownAgain,
  overAt,
  winsClaim,
  type Destination,
  type Finding,
  type Outcome,
  type PageFacts,
  type Passing,
  type PassingFacts,
} from "./delivery"
import { ASKED, tokenPath, type DeliveryToken } from "./delivery-token"
import { ANYWHERE, noFlash, type WrittenFlash } from "./flash"

/** A message written by the page /form for the page /target. */
const sent: DeliveryToken = { name: "flash_i", id: "i", to: "/target", from: "/form", takenBy: "" }
const token = (given: Partial<DeliveryToken> = {}): DeliveryToken => ({ ...sent, ...given })

const toAny = { to: ANYWHERE }
/** A document was told to show it. */
const taken = { takenBy: "/target" }
/** Client code left it to the page. */
const asked = { takenBy: ASKED }
/** A page that flashed to itself. */
const itself = { to: "/form" }

describe("1. a message is written, and where its response leads decides where it goes", () => {
  const redirect: Outcome = { kind: "redirect", to: "/target" }
  const offSite: Outcome = { kind: "redirect", to: ANYWHERE }
  const render: Outcome = { kind: "render" }
  const other: Outcome = { kind: "other" }
  const flash: WrittenFlash = { content: noFlash }
  const chosen: WrittenFlash = { content: noFlash, to: "/chosen" }
  const now: WrittenFlash = { content: noFlash, onlyNow: true }

  it.each<[string, WrittenFlash, Outcome, Destination | undefined]>([
    ["a redirect: where it leads", flash, redirect, "/target"],
    ["a redirect off the site: the next page of the app", flash, offSite, ANYWHERE],
    ["an action that ends in place: the page it renders", flash, render, IN_PLACE],
    ["a route handler's own answer: the next page", flash, other, ANYWHERE],
    ["a path chosen by hand, with a redirect elsewhere: that path", chosen, redirect, "/chosen"],
    ["a path chosen by hand, in place: that path", chosen, render, "/chosen"],
    ["a path chosen by hand, with an answer of its own: that path", chosen, other, "/chosen"],
    ["now(), in place: this page and no other", now, render, IN_PLACE_ONLY],
    ["now(), with a redirect: nowhere", now, redirect, undefined],
    ["now(), with an answer of its own: nowhere", now, other, undefined],
  ])("%s", (_, written, outcome, expected) => {
    expect(destinationOf(written, outcome)).toBe(expected)
  })
})

describe("2. a request passes middleware", () => {
  const opens: PassingFacts = {
    asker: "person",
    path: "/target",
    refererPath: "",
    redirectsTo: undefined,
    renders: true,
    isPrerendered: false,
  }

  it.each<[string, Partial<DeliveryToken>, Partial<PassingFacts>, Passing]>([
    ["the person opens the target", {}, {}, "show"],
    ["the person opens the target from the page that wrote it", {}, { refererPath: "/form" }, "show"],
    ["the person opens the target from elsewhere", {}, { refererPath: "/else" }, "show"],
    ["the page that flashed to itself is opened", itself, { path: "/form", refererPath: "/form" }, "show"],
    ["any page is opened, and it waits for any", toAny, { path: "/anything" }, "show"],
    ["another page is opened", {}, { path: "/else", refererPath: "/x" }, "leave"],
    ["another page is opened without a Referer", {}, { path: "/else" }, "leave"],
    ["a path that begins like the target's", {}, { path: "/targets" }, "leave"],
    ["a page below the target", {}, { path: "/target/1" }, "leave"],
    ["the root", {}, { path: "/" }, "leave"],
    ["the same path in capitals", {}, { path: "/Target" }, "leave"],
    ["a redirect led on from the target", {}, { path: "/on", refererPath: "/form" }, "show"],
    ["a link on the page that flashed to itself", itself, { path: "/on", refererPath: "/form" }, "leave"],
    ["the writer is unknown, and so is the Referer", { from: "" }, { path: "/on" }, "leave"],
    ["the writer is unknown", { from: "" }, { path: "/on", refererPath: "/form" }, "leave"],
    ["the document that showed it is reloaded", taken, { refererPath: "/form" }, "leave"],
    ["the page after the one that showed it", taken, { path: "/on", refererPath: "/target" }, "leave"],
    ["any page, after one showed it", { ...toAny, ...taken }, { path: "/on" }, "leave"],
    ["the target, after another page showed it", { takenBy: "/else" }, {}, "leave"],
    [
      "where the page that was told redirected: client code tells",
      taken,
      { path: "/on", refererPath: "/form" },
      "leave",
    ],

    ["the router prefetches the target, or fetches it for a click", {}, { asker: "page" }, "leave"],
    ["the router fetches any page", toAny, { asker: "page" }, "leave"],
    ["the page on screen asks for it", asked, { asker: "page" }, "show"],
    ["the page on screen asks for it through a service worker", asked, { asker: "worker" }, "show"],
    ["another page than the one that asked", asked, { asker: "page", path: "/else" }, "leave"],
    [
      "what is left to whichever page is next is asked for by none",
      { ...toAny, ...asked },
      { asker: "page" },
      "leave",
    ],
    ["the page that was told asks again", taken, { asker: "page" }, "leave"],
    ["the page that asked is reloaded", asked, {}, "show"],
    ["another page is opened, and one asked", asked, { path: "/else" }, "leave"],

    ["an image, a frame that loads by itself, a crawler", {}, { asker: "nobody" }, "leave"],
    ["the same, of what any page may show", toAny, { asker: "nobody" }, "leave"],
    ["a frame in which it was written", {}, { asker: "frame", refererPath: "/form" }, "show"],
    ["a frame with the path of the page around it", {}, { asker: "frame", refererPath: "/else" }, "leave"],
    ["a frame, of what any page may show", toAny, { asker: "frame", refererPath: "/else" }, "leave"],

    ["middleware sends the person on", {}, { redirectsTo: "/sign-in" }, { waitsFor: "/sign-in" }],
    ["middleware sends them off the site", {}, { redirectsTo: ANYWHERE }, { waitsFor: ANYWHERE }],
    ["middleware sends a prefetch on", {}, { asker: "page", redirectsTo: "/sign-in" }, "leave"],
    ["middleware answers by itself", {}, { renders: false }, "leave"],
    ["the page is listed as prerendered", {}, { isPrerendered: true }, { waitsFor: ANYWHERE }],
  ])("%s", (_, given, facts, expected) => {
    expect(atRequest(token(given), { ...opens, ...facts })).toEqual(expected)
  })
})

describe("3. a page renders, or client code asks, and claims it", () => {
  it.each<[string, Partial<DeliveryToken>, FlashClaim["over"] | undefined]>([
    ["what waits for the page an action redirects to", {}, ["action"]],
    ["what waits for any page", toAny, ["action"]],
    ["what waits for another page", { to: "/else" }, undefined],
    ["what a document was told to show", taken, undefined],
    ["what is left to the page on screen", asked, undefined],
  ])("the render inside an action's response: %s", (_, given, over) => {
    const claim = claimInActionsRender(token(given), "/target")
    expect(claim).toEqual(over && { id: "i", by: "action", over })
  })

  it.each<[string, Partial<Parameters<typeof claimOfPage>[0]>, Omit<FlashClaim, "id">]>([
    ["a document", {}, { by: "document", over: [] }],
    [
      "a document from the page that wrote it: the action's render came to nothing",
      { refererPath: "/form" },
      { by: "document", over: ["action"] },
    ],
    ["the same without the token", { token: undefined, refererPath: "/form" }, { by: "document", over: [] }],
    [
      "a page to which client code left it",
      { wasLeftToPage: true },
      { by: "client", over: ["action", "document", "client"] },
    ],
  ])("%s", (_, facts, claim) => {
    const render = { id: "i", wasLeftToPage: false, token: sent, refererPath: "/else" }
    expect(claimOfPage({ ...render, ...facts })).toEqual({ id: "i", ...claim })
  })

  it.each<[string, Partial<DeliveryToken>, readonly Claimant[]]>([
    ["what nobody was told to show", {}, ["action"]],
    ["what a document was told to show and did not", taken, ["action", "document"]],
    ["what it left to a page that is gone", asked, ["action", "document", "client"]],
  ])("client code: %s", (_, given, over) => {
    expect(claimOfClient(token(given))).toEqual({ id: "i", by: "client", over })
  })

  const at = (by: Claimant, seconds: number): KeptClaim => ({ by, at: 1000 - seconds })
  const documents: FlashClaim = { id: "i", by: "document", over: [] }
  it.each<[string, boolean, FlashClaim, KeptClaim | undefined]>([
    ["the first to come", true, documents, undefined],
    ["a second document", false, documents, at("document", 3600)],
    ["a document after client code", false, documents, at("client", 3600)],
    ["a document while an action's render may still arrive", false, documents, at("action", 9)],
    ["a document 10 seconds after an action's render", true, documents, at("action", 10)],
    [
      "one that knows that the action's render came to nothing",
      true,
      { ...documents, over: ["action"] },
      at("action", 0),
    ],
    [
      "client code that knows that the document showed nothing",
      true,
      claimOfClient(token(taken)),
      at("document", 0),
    ],
    ["client code after client code", false, claimOfClient(token(taken)), at("client", 0)],
  ])("of two the store keeps one: %s wins: %s", (_, wins, claim, kept) => {
    expect(winsClaim(claim, kept, 1000)).toBe(wins)
  })

  it.each<[string, number, number | undefined, KeptClaim | undefined]>([
    ["what nobody claimed, when it expires", 1200, 1200, undefined],
    ["what a document claimed, a minute later", 1060, 1200, at("document", 0)],
    ["what an action's render claimed, a minute later", 1060, 1200, at("action", 0)],
    ["what client code claimed, 10 seconds later", 1010, 1200, at("client", 0)],
    ["what was claimed shortly before it expires, when it does", 1005, 1005, at("document", 0)],
    ["what names no time, when its claim settles", 1060, 0, at("document", 0)],
    ["what names no time and nobody claimed, never", Infinity, 0, undefined],
    ["a claim on what is gone, at once", 0, undefined, at("document", 0)],
  ])("a delivery is over: %s", (_, expected, expiresAt, claim) => {
    expect(overAt(expiresAt, claim)).toBe(expected)
  })
})

describe("4. client code finds the token on a page", () => {
  const here: PageFacts = {
    path: "/page",
    isRendered: true,
    isFirstPage: true,
    isNewPage: true,
    loadedFor: "/page",
    refererPath: "",
    wasMadeRoomFor: false,
  }
  const soft = { isFirstPage: false }
  const rerendered = { isFirstPage: false, isNewPage: false }
  const ifThere = "clear-if-there-is-a-page"
  const long = `/${"x".repeat(200)}`

  it.each<[string, Partial<DeliveryToken>, Partial<PageFacts>, Finding]>([
    ["it waits for this page", { to: "/page" }, soft, "show"],
    ["it waits for this page, which merely renders again", { to: "/page" }, rerendered, "show"],
    ["it waits for any page, and this one was just opened", toAny, soft, "show"],
    ["it waits for any page, and this one merely renders again", toAny, rerendered, "leave"],
    ["it waits for another page", {}, soft, "leave"],
    ["it was left to this page", { ...asked, to: "/page" }, soft, "show"],
    ["it was left to another page", asked, soft, "leave"],

    ["this document was told, and rendered for one person", { takenBy: "/page" }, {}, "clear"],
    ["this document was told, and prerendered for all", { takenBy: "/page" }, { isRendered: false }, "show"],
    ["another document was told: another tab's, or none at all", taken, {}, ifThere],
    ["the same, after a soft navigation", taken, soft, ifThere],
    ["another document was told, and this page merely renders again", taken, rerendered, "clear"],
    [
      "the document the router moved on from was told, and has no banner",
      taken,
      { ...soft, loadedFor: "/target" },
      "show",
    ],
    ["the one told redirected while it rendered", taken, { refererPath: "/form" }, "show"],
    ["a link led here from the one told", taken, { refererPath: "/target" }, "clear-if-there-is-a-page"],
    ["the one told moved on by itself", taken, { refererPath: "/target", wasMadeRoomFor: true }, "show"],
    [
      "another than the one told moved on by itself",
      taken,
      { refererPath: "/else", wasMadeRoomFor: true },
      ifThere,
    ],
    [
      "the one told has a long path and moved on",
      { takenBy: tokenPath(long) },
      { refererPath: long, wasMadeRoomFor: true },
      "show",
    ],
    [
      "a page that showed its own message has a link here",
      { ...itself, takenBy: "/form" },
      { refererPath: "/form" },
      ifThere,
    ],
    ["what was for any page was given to a download", { ...toAny, ...taken }, {}, "show"],
    [
      "what was for any page was shown, and a link led here",
      { ...toAny, ...taken },
      { refererPath: "/target" },
      ifThere,
    ],
  ])("%s", (_, given, facts, expected) => {
    expect(atPage(token(given), false, { ...here, ...facts })).toBe(expected)
    expect(atPage(token(given), true, { ...here, ...facts })).toBe("clear")
  })

  it.each([
    ["the banner shows all of it", { hasMore: false, hasNotices: true, isRendered: true }, false],
    ["nothing is to be shown", { hasMore: false, hasNotices: false, isRendered: true }, false],
    [
      "a page rendered for one person shows more",
      { hasMore: true, hasNotices: true, isRendered: true },
      true,
    ],
    ["the same, and the banner nothing", { hasMore: true, hasNotices: false, isRendered: true }, true],
    [
      "prerendered, it shows at least what the banner can",
      { hasMore: true, hasNotices: true, isRendered: false },
      false,
    ],
    [
      "prerendered, and the banner shows nothing of it",
      { hasMore: true, hasNotices: false, isRendered: false },
      true,
    ],
  ])("what it fetched is left to the page: %s: %j %s", (_, facts, expected) => {
    expect(isLeftToPage(facts)).toBe(expected)
  })

  it.each([
    ["for a moment, and the page moved on by itself", 300, 100, true, true],
    ["for five seconds", 5000, 100, true, true],
    ["long enough to be read", 5001, 100, true, false],
    ["for a moment, and the next page took long", 300, 10_001, true, false],
    ["for a moment, and the person moved on", 300, 100, false, false],
  ])("shown is not read: it was on screen %s", (_, onScreenMs, sinceMs, isWhereItLed, expected) => {
    expect(isShownAgain({ onScreenMs, sinceMs, isWhereItLed })).toBe(expected)
  })
})
