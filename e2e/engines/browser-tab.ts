/**
 * A tab of any engine's browser, as far as the tests that run in all engines need one. Another engine needs an
 * adapter like `by-playwright.ts`, where Playwright drives it, or `firefox.ts`, and a line in `engines.ts`.
 *
 * Whatever a person does is done by scripts in the page (`acts.ts`): a document that WebDriver clicked in is
 * not put into the page cache. They run also where the page's own scripts do not.
 */
export interface BrowserTab {
  goto(address: string): Promise<unknown>
  goBack(): Promise<unknown>
  goForward(): Promise<unknown>
  reload(): Promise<unknown>
  /**
   * Runs a function in the page; neither it nor its argument may refer to anything outside. Without
   * JavaScript it cannot wait for anything.
   */
  evaluate<Result, Argument>(
    run: (argument: Argument) => Result,
    argument: Argument,
  ): Promise<Awaited<Result>>
  /** Opens another tab of the same person. */
  newTab(): Promise<BrowserTab>
  /** Forgets the cookies of the site that the tab shows, also those no script can see. */
  clearCookies(): Promise<unknown>
  close(): Promise<unknown>
}

interface OpenOptions {
  /** Whether pages may run scripts. Default true. */
  readonly javaScript?: boolean
}

export interface Engine {
  readonly name: "Chromium" | "Firefox" | "WebKit"
  /** Starts a browser of its own, with the page cache on, and opens a tab. */
  readonly open: (options?: OpenOptions) => Promise<{ tab: BrowserTab; close: () => Promise<void> }>
}
