/**
 * A tab of any engine's browser, as far as the tests that run in all engines need one. Another engine needs an
 * adapter like `chromium.ts`, where Playwright drives it, or `firefox.ts`, and a line in `engines.ts`.
 *
 * Whatever a person does is done by scripts in the page (`press`): a document that WebDriver clicked in is
 * not put into the page cache.
 */
export interface BrowserTab {
  goto(address: string): Promise<unknown>
  goBack(): Promise<unknown>
  /** Runs a function in the page; neither it nor its argument may refer to anything outside. */
  evaluate<Result, Argument>(
    run: (argument: Argument) => Result,
    argument: Argument,
  ): Promise<Awaited<Result>>
}

export interface Engine {
  readonly name: string
  /** Starts a browser of its own, with the page cache on, and opens a tab. */
  readonly open: () => Promise<{ tab: BrowserTab; close: () => Promise<void> }>
}
