import type { BrowserTab } from "./browser-tab.ts"

/** The commands of W3C WebDriver that a tab needs, whatever carries them. */
export interface WebDriver {
  readonly navigate: (url: string) => Promise<unknown>
  readonly back: () => Promise<unknown>
  readonly forward: () => Promise<unknown>
  readonly refresh: () => Promise<unknown>
  readonly execute: (script: string, args: readonly unknown[]) => Promise<unknown>
  /** @returns the new tab's handle */
  readonly newTab: () => Promise<string>
  readonly switchTo: (handle: string) => Promise<unknown>
  readonly closeTab: () => Promise<unknown>
  readonly deleteCookies: () => Promise<unknown>
}

/** WebDriver has one current tab, to which every command goes: each command says first which it means. */
export function webDriverTab(driver: WebDriver, handle: string): BrowserTab {
  const here = async <Result>(command: () => Promise<Result>) => {
    await driver.switchTo(handle)
    return command()
  }
  return {
    goto: (url) => here(() => driver.navigate(url)),
    goBack: () => here(driver.back),
    goForward: () => here(driver.forward),
    reload: () => here(driver.refresh),
    evaluate: (run, argument) =>
      here(() => driver.execute(`return (${run})(arguments[0])`, [argument])) as Promise<never>,
    newTab: async () => webDriverTab(driver, await here(driver.newTab)),
    clearCookies: () => here(driver.deleteCookies),
    close: () => here(driver.closeTab),
  }
}
