import { afterEach, expect, it, vi } from "vitest"
import type { Notice } from "../core/arrived"
import type { PageOnScreen } from "./page-on-screen"
import { takeUnread } from "./take-unread"

const notices: Notice[] = [{ origin: "a", key: "a0", kind: "success", role: "status", text: "Saved" }]

interface Situation {
  readonly record?: unknown
  readonly referrer?: string
  readonly navigation?: string
  readonly type?: string
  readonly firstPage?: boolean
  /** When this document was asked for. */
  readonly begunAt?: number
}

const NOW = 100_000
const ORIGIN = "http://shop.example"

/** What is shown, and what storage holds afterwards. */
function take({ record, referrer, navigation, type, firstPage = true, begunAt = 5000 }: Situation) {
  const storage = new Map([["flash-unread", typeof record === "string" ? record : JSON.stringify(record)]])
  vi.useFakeTimers({ now: NOW })
  vi.stubGlobal("location", { origin: ORIGIN, pathname: "/page" })
  vi.stubGlobal("document", { referrer: referrer ?? `${ORIGIN}/slow` })
  vi.stubGlobal(
    "window",
    navigation === "" ? {} : { navigation: { activation: { navigationType: navigation } } },
  )
  vi.stubGlobal("performance", {
    timeOrigin: begunAt,
    getEntriesByType: () => [{ name: "", type: type ?? "navigate" }],
  })
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => storage.get(key) ?? null,
    removeItem: (key: string) => storage.delete(key),
  })
  const shown: Notice[] = []
  takeUnread({ path: "/page", firstPage } as PageOnScreen, (deliveries) => {
    shown.push(...deliveries.flatMap((delivery) => delivery.notices))
  })
  expect(storage.size).toBe(0)
  return shown
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const SLOW = `${ORIGIN}/slow`
const moved = [NOW - 1000, NOW - 300, notices, SLOW]
/** JSON has no undefined. */
const stayed = [NOW - 1000, NOW - 300, notices, null]

it.each<[string, boolean, Situation]>([
  ["the document before moved on by itself", true, { record: moved, navigation: "replace" }],
  ["it did, in a browser that does not tell", true, { record: moved, navigation: "" }],
  ["a link or a script led on", false, { record: moved, navigation: "push" }],
  [
    "another document came between, and moved on by itself",
    false,
    { record: moved, navigation: "replace", referrer: `${ORIGIN}/vault` },
  ],
  ["its address had a hash", true, { record: [...moved.slice(0, 3), `${SLOW}#top`], navigation: "replace" }],
  ["it was typed in, or a bookmark", false, { record: moved, navigation: "replace", referrer: "" }],
  [
    "it came from another site",
    false,
    { record: moved, navigation: "replace", referrer: "http://x.example/" },
  ],
  ["it was loaded again", false, { record: moved, navigation: "replace", type: "reload" }],
  ["Back", false, { record: moved, navigation: "replace", type: "back_forward" }],
  ["a later page of the document", false, { record: moved, navigation: "replace", firstPage: false }],
  [
    "there was time to read it",
    false,
    { record: [NOW - 6000, NOW - 300, notices, SLOW], navigation: "replace" },
  ],
  ["long ago", false, { record: [NOW - 21_000, NOW - 20_000, notices, SLOW], navigation: "replace" }],
  ["the router moved on to another banner", true, { record: stayed, firstPage: false }],
  ["another document's router did", false, { record: stayed, firstPage: false, begunAt: NOW - 200 }],
  ["there was time to read it in this document", false, { record: [NOW - 6000, NOW, notices, null] }],
  ["nothing that can be read", false, { record: "{", navigation: "replace" }],
  ["something else", false, { record: "null", navigation: "replace" }],
  ["notices of another shape", false, { record: [NOW, NOW, 7, SLOW], navigation: "replace" }],
])("%s: %s", (_, expected, situation) => {
  expect(take(situation)).toEqual(expected ? notices : [])
})
