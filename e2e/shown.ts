import { expect, type BrowserContext, type Page } from "@playwright/test"

/**
 * Counts how often a person saw a text, over all tabs and documents of a context. With JavaScript an
 * observer, installed before the first document, reports every text node that becomes visible;
 * without, every document is read as it was sent, for nothing changes in it afterwards.
 */
export class Shown {
  readonly #sightings: string[] = []

  /** @param opened a tab of the context that was opened before, but shows nothing yet */
  static async observe(context: BrowserContext, javaScript: boolean, opened?: Page): Promise<Shown> {
    const shown = new Shown()
    if (opened !== undefined && !javaScript) shown.#readDocuments(opened)
    if (javaScript) {
      await context.exposeBinding("__saw", (_source, text: string) => void shown.#sightings.push(text))
      await context.addInitScript(watchTexts)
    } else {
      context.on("page", (page) => shown.#readDocuments(page))
    }
    return shown
  }

  /** How often `text` was seen so far. */
  count(text: string): number {
    return this.#sightings.filter((sighting) => sighting.includes(text)).length
  }

  /** Waits for the first sighting; fails on a second one at any time up to here. */
  async once(text: string): Promise<void> {
    await expect.poll(() => this.count(text), { message: `"${text}" was shown` }).toBe(1)
  }

  #readDocuments(page: Page): void {
    page.on("response", (response) => {
      const isDocument = response.request().resourceType() === "document"
      const isHtml = response.headers()["content-type"]?.startsWith("text/html")
      if (!isDocument || !isHtml || !response.ok()) return
      const read = response.text().then((html) => void this.#sightings.push(...visibleTexts(html)))
      reads.set(page, Promise.all([reads.get(page), read]))
    })
  }
}

const reads = new WeakMap<Page, Promise<unknown>>()

/** A document's text is gone with the document: await this before leaving it. */
export async function documentsRead(page: Page): Promise<void> {
  await reads.get(page)
}

/** The texts of an HTML document. What streams in behind it stays hidden without JavaScript. */
function visibleTexts(html: string): string[] {
  const [document = ""] = html.split('<div hidden id="S:')
  return document.replace(/<(script|style|head|template)\b.*?<\/\1>/gs, "").split(/<[^>]*>/)
}

function watchTexts(): void {
  const visible = new WeakMap<Text, string>()
  const look = () => {
    if (!document.body) return
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      const parent = node.parentElement
      if (!parent || parent.closest("script, style, noscript, template, head")) continue
      const text = parent.checkVisibility() ? node.data.trim() : ""
      if (text !== "" && visible.get(node) !== text)
        (window as unknown as { __saw(text: string): void }).__saw(text)
      visible.set(node, text)
    }
  }
  const options = { subtree: true, childList: true, characterData: true, attributes: true }
  new MutationObserver(look).observe(document, options)
  document.addEventListener("DOMContentLoaded", look)
  // A document from the page cache shows again what it shows.
  addEventListener("pageshow", (event) => {
    if (event.persisted)
      for (const text of document.body.innerText.split("\n")) {
        ;(window as unknown as { __saw(text: string): void }).__saw(text)
      }
  })
}
