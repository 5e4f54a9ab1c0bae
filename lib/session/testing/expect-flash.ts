import { AssertionError } from "node:assert"

/** What of Playwright's `Page` is used. */
export interface FlashPage {
  locator(selector: string): {
    evaluateAll(read: (elements: Element[]) => ShownMessage[]): Promise<ShownMessage[]>
  }
}

/** A message on screen. */
export interface ShownMessage {
  readonly kind: string
  readonly text: string
}

export interface ExpectFlashOptions {
  /** How long to wait, in milliseconds. Default 5000. */
  timeout?: number
}

/**
 * Waits until `<FlashMessages>` shows a message of this kind with this text exactly once.
 *
 * @param kind the key it was flashed under: `"success"`
 * @param text the whole text of the message, without its description, or a pattern
 * @throws AssertionError that says what was shown instead
 */
export async function expectFlash(
  page: FlashPage,
  kind: string,
  text: string | RegExp,
  { timeout = 5000 }: ExpectFlashOptions = {},
): Promise<void> {
  const isIt = (message: ShownMessage) =>
    message.kind === kind &&
    (typeof text === "string" ? message.text === text : message.text.search(text) >= 0)
  const shown = await until(page, timeout, (messages) => messages.filter(isIt).length === 1)
  if (shown === undefined) return
  const times = shown.filter(isIt).length
  const found = times === 0 ? "it was not" : `it was shown ${times} times`
  throw failure(`one message "${kind}" with ${quoted(text)}`, found, shown, expectFlash)
}

/**
 * Waits until no message is shown, or none of this kind. It looks at the page as it is: await what the page is
 * to show first.
 *
 * @throws AssertionError that says what is still shown
 */
export async function expectNoFlash(
  page: FlashPage,
  kind?: string,
  { timeout = 5000 }: ExpectFlashOptions = {},
): Promise<void> {
  const isIt = (message: ShownMessage) => kind === undefined || message.kind === kind
  const shown = await until(page, timeout, (messages) => !messages.some(isIt))
  if (shown === undefined) return
  throw failure(kind === undefined ? "no message" : `no message "${kind}"`, "there was", shown, expectNoFlash)
}

const POLL_MILLISECONDS = 50

/** @returns undefined once it holds, else what was shown last */
async function until(
  page: FlashPage,
  timeout: number,
  holds: (messages: readonly ShownMessage[]) => boolean,
): Promise<readonly ShownMessage[] | undefined> {
  const end = performance.now() + timeout
  for (;;) {
    // A page that is just being left cannot be asked; the next one can.
    const shown = await page
      .locator("[data-kind]")
      .evaluateAll(readMessages)
      .catch((error: unknown) => {
        if (performance.now() >= end) throw error
        return undefined
      })
    if (shown !== undefined && holds(shown)) return undefined
    if (shown !== undefined && performance.now() >= end) return shown
    await new Promise((resolve) => void setTimeout(resolve, POLL_MILLISECONDS))
  }
}

/** Runs in the browser, so it uses nothing from here. */
function readMessages(elements: Element[]): ShownMessage[] {
  return elements
    .filter((element) => element.checkVisibility())
    .map((element) => {
      // Besides its text a message may have a description, an action, and a button to dismiss it.
      const text = element.querySelector(".flash-body > span")?.textContent ?? ""
      return { kind: element.getAttribute("data-kind") ?? "", text: text.trim() }
    })
}

function quoted(text: string | RegExp): string {
  return typeof text === "string" ? `the text ${JSON.stringify(text)}` : `a text like ${text}`
}

function failure(
  wanted: string,
  found: string,
  shown: readonly ShownMessage[],
  stackStartFn: (...args: never[]) => unknown,
): AssertionError {
  const lines = shown.map(({ kind, text }) => `  ${kind}: ${JSON.stringify(text)}`)
  const instead = lines.length === 0 ? "No message is shown." : `Shown:\n${lines.join("\n")}`
  return new AssertionError({ message: `Expected ${wanted}, and ${found}. ${instead}`, stackStartFn })
}
