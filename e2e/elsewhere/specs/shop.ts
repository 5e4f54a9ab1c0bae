import { expect, type Page } from "@playwright/test"
import { onPage, open, submit, type Tools } from "../../case.ts"

/** A page of the app, with the case's own text as what is to be said there. */
export function openSaying(tools: Tools, path: string, query: Record<string, string> = {}): Promise<void> {
  return open(tools, `${path}?${new URLSearchParams({ message: tools.text, ...query })}`)
}

/** An action flashes the case's text and redirects. */
export async function say(tools: Tools, next: string): Promise<void> {
  await openSaying(tools, "/say", { next })
  await submit(tools.page, "say")
}

/** The text is on screen, was shown once, and neither a reload nor another page shows it again. */
export async function isShownOnce({ page, shown, text }: Tools): Promise<void> {
  await expect(page.getByText(text, { exact: true })).toBeVisible()
  await shown.once(text)
}

/** Nothing of it is on screen, and it was shown as often as before. */
export async function isGone({ page, shown }: Tools, text: string, on: Page = page): Promise<void> {
  await expect(on.getByText(text, { exact: true })).toHaveCount(0)
  await shown.once(text)
}

/** Nor is it there when the page is loaded again. */
export async function isGoneOnReload(tools: Tools, heading: string): Promise<void> {
  await tools.page.reload()
  await onPage(tools.page, heading)
  await isGone(tools, tools.text)
}
