import type { Page } from "@playwright/test"
import type { FlashMessage } from "../lib/session/index.ts"

/** What the fixture's `/rich` and `/toasts` pages flash, and how a test has them do so. */
export type Flashed = readonly [kind: string, message: FlashMessage]

/** The address of a page whose form flashes these, and then redirects, or stays. */
export function formAt(page: string, messages: readonly Flashed[], redirect = ""): string {
  return `${page}?${new URLSearchParams({ messages: JSON.stringify(messages), redirect })}`
}

/** As a script of the page does, without the person's doing anything. */
export async function fetchAndNotice(page: Page, messages: readonly Flashed[], to = ""): Promise<void> {
  await page.evaluate(
    async (fields) => {
      await fetch("/api/quiet", { method: "POST", body: new URLSearchParams(fields) })
      dispatchEvent(new Event("flash"))
    },
    { messages: JSON.stringify(messages), to },
  )
}
