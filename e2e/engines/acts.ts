import { expect } from "@playwright/test"
import type { BrowserTab } from "./browser-tab.ts"

/** What a person does and sees in a tab of any engine. */

/** Asks until the page answers as expected; between two documents there is none to ask. */
export async function expectAnswer<Result, Argument>(
  tab: BrowserTab,
  ask: (argument: Argument) => Result,
  argument: Argument,
  expected: Result,
  message: string,
): Promise<void> {
  const answer = () => tab.evaluate(ask, argument).catch(() => "no document")
  await expect.poll(answer, { message, timeout: 20_000 }).toEqual(expected)
}

/** How often the page shows a text now. */
function countText(wanted: string): number {
  return document.body.innerText.split(wanted).length - 1
}

export function expectCount(tab: BrowserTab, text: string, count: number): Promise<void> {
  return expectAnswer(tab, countText, text, count, `how often it shows "${text}"`)
}

export async function expectText(tab: BrowserTab, text: string, isThere = true): Promise<void> {
  const isShown = (wanted: string) => document.body.innerText.includes(wanted)
  await expectAnswer(tab, isShown, text, isThere, `shows "${text}"`)
}

/** Presses the link or button with this text. */
export async function press(tab: BrowserTab, text: string): Promise<void> {
  const isPressed = (wanted: string) => {
    const all = [...document.querySelectorAll<HTMLElement>("a, button")]
    const found = all.find((element) => element.textContent === wanted && element.checkVisibility())
    found?.click()
    return found !== undefined
  }
  await expectAnswer(tab, isPressed, text, true, `there is "${text}"`)
}

/** Writes into the field with this name that a person sees. */
export async function type(tab: BrowserTab, name: string, value: string): Promise<void> {
  const isTyped = (given: { name: string; value: string }) => {
    const all = [...document.querySelectorAll<HTMLInputElement>(`input[name="${given.name}"]`)]
    const found = all.find((input) => input.type !== "hidden" && input.checkVisibility())
    if (found !== undefined) found.value = given.value
    return found !== undefined
  }
  await expectAnswer(tab, isTyped, { name, value }, true, `there is a field "${name}"`)
}

export async function expectField(tab: BrowserTab, name: string, value: string): Promise<void> {
  const valueOf = (wanted: string) => {
    const all = [...document.querySelectorAll<HTMLInputElement>(`input[name="${wanted}"]`)]
    return all.find((input) => input.type !== "hidden" && input.checkVisibility())?.value
  }
  await expectAnswer(tab, valueOf, name, value, `what stands in "${name}"`)
}

export async function onPage(tab: BrowserTab, heading: string): Promise<void> {
  const headings = () =>
    [...document.querySelectorAll("h1")].filter((h1) => h1.checkVisibility()).map((h1) => h1.textContent)
  await expectAnswer(tab, headings, null, [heading], "heading")
}

/** Clicking before React listens would test the browser, not the router. */
export async function hydrated(tab: BrowserTab): Promise<void> {
  const isHydrated = () =>
    Object.keys(document.querySelector("main form, main a, main") ?? {}).some((key) =>
      key.startsWith("__react"),
    )
  await expectAnswer(tab, isHydrated, null, true, "React listens")
}
