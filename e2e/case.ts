import { expect, type BrowserContext, type Frame, type Page } from "@playwright/test"
import { documentsRead, type Shown } from "./shown.ts"

/** What a case of the matrix works with: one person, their browser, and one unique message. */
export interface Tools {
  readonly context: BrowserContext
  readonly page: Page
  readonly shown: Shown
  readonly javaScript: boolean
  /** A text nobody else flashes. */
  readonly text: string
  /** The store is one that several documents in flight reach at once. */
  readonly exactlyOnce: boolean
  /** Every page streams, so that one may show its banner before it redirects. */
  readonly streams: boolean
  /** A component of the app's own shows messages, so that with JavaScript a document alone shows none. */
  readonly byScripts: boolean
  /** Where the app is mounted: `""`, or its base path. */
  readonly base: string
}

export interface MatrixCase {
  readonly name: string
  /** Default: both with and without JavaScript. */
  readonly only?: "js" | "no-js"
  /** Also run on every version of Next, bundler and mode (`npm run matrix`). Default: not. */
  readonly core?: boolean
  /** Is about what `next dev` does not do: prefetch, and prerender. */
  readonly built?: true
  /** Versions of Next on which it does not hold, and why. */
  readonly limit?: { readonly next: RegExp; readonly why: string }
  /** What the browser's console says because the case brings it about. Default: nothing. */
  readonly complaint?: RegExp
  readonly run: (tools: Tools) => Promise<void>
}

/** Opens the form page whose hidden fields are `fields`, in a tab or the first one. */
export async function openForm(
  tools: Tools,
  fields: Record<string, string | string[]>,
  page: Page = tools.page,
): Promise<void> {
  const query = new URLSearchParams()
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) query.append(name, value)
  }
  await open(tools, `/form?${query}`, page)
}

export async function open(tools: Tools, address: string, page: Page = tools.page): Promise<void> {
  await documentsRead(page)
  await page.goto(tools.base + address)
  if (tools.javaScript) await hydrated(page)
}

/** Clicking before React listens would test the browser, not the router. */
export async function hydrated(page: Page | Frame): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("a, main") ?? {}).some((key) => key.startsWith("__react")),
  )
}

export async function submit(page: Page, button = "submit"): Promise<void> {
  await documentsRead(page)
  await page.getByRole("button", { name: button, exact: true }).click()
}

/** The positive event after which something absent counts as absent. */
export async function onPage(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible()
  await documentsRead(page)
}

export async function follow(page: Page, href: string): Promise<void> {
  await page.getByRole("link", { name: `to ${href}`, exact: true }).click()
}

export async function expectPath(page: Page, tools: Tools, path: string): Promise<void> {
  const bare = (pathname: string) => pathname.replace(/(.)\/$/, "$1")
  await expect.poll(() => bare(new URL(page.url()).pathname)).toBe(bare(tools.base + path))
}

/** Number of messages on the page now. */
export async function visibleCount(page: Page, text: string): Promise<number> {
  return page.getByText(text, { exact: true }).count()
}

/** Opens a page in a fresh tab of the same person. */
export async function newTab(tools: Tools, address: string): Promise<Page> {
  const tab = await tools.context.newPage()
  await open(tools, address, tab)
  return tab
}

/** Methods of the requests a page makes from now on, but for prefetches and static files. */
export function recordRequests(page: Page): string[] {
  const methods: string[] = []
  page.on("request", (request) => {
    const isNoise = request.method() === "GET" && request.resourceType() !== "document"
    if (!isNoise) methods.push(request.method())
  })
  return methods
}

/** Leaves a message waiting for `/target` while the person is elsewhere. */
export async function leaveWaiting(
  tools: Tools,
  to = "/target",
  more: Record<string, string> = {},
): Promise<void> {
  await openForm(tools, { text: tools.text, to, ...more })
  await submit(tools.page)
  await expect
    .poll(async () => (await tools.context.cookies()).some(({ name }) => name.startsWith("flash_")))
    .toBe(true)
}
