import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "../../lib/session/test-support/free-port.mjs"
import type { Engine } from "./browser-tab.ts"
import { connectMarionette, type Marionette } from "./marionette.ts"
import { webDriverTab, type WebDriver } from "./webdriver-tab.ts"

/** A stock Firefox, driven by Marionette: Playwright's own is patched, and its BiDi driver is ahead of ESR. */
export function stockFirefox(executable: string): Engine {
  return {
    name: "Firefox",
    async open({ javaScript = true } = {}) {
      const port = await freePort()
      const profile = mkdtempSync(join(tmpdir(), "session-kit-firefox-"))
      writeFileSync(
        join(profile, "user.js"),
        preferences({ "marionette.port": port, "javascript.enabled": javaScript }),
      )
      const args = ["--headless", "--marionette", "--no-remote", "--profile", profile]
      const child = spawn(executable, args, { stdio: "ignore" })
      const ended = once(child, "exit")
      const close = async () => {
        child.kill("SIGKILL")
        await ended
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
      }
      try {
        const marionette = await connectMarionette(port)
        await marionette.send("WebDriver:NewSession")
        const { value } = (await marionette.send("WebDriver:GetWindowHandle")) as { value: string }
        const tab = webDriverTab(driverOf(marionette), value)
        return { tab, close: () => (marionette.close(), close()) }
      } catch (error) {
        await close()
        throw error
      }
    },
  }
}

function driverOf({ send }: Marionette): WebDriver {
  return {
    navigate: (url) => send("WebDriver:Navigate", { url }),
    back: () => send("WebDriver:Back"),
    forward: () => send("WebDriver:Forward"),
    refresh: () => send("WebDriver:Refresh"),
    async execute(script, args) {
      const answer = await send("WebDriver:ExecuteScript", { script, args, sandbox: null })
      return (answer as { value: unknown }).value
    },
    async newTab() {
      const answer = await send("WebDriver:NewWindow", { type: "tab" })
      return (answer as { handle: string }).handle
    },
    switchTo: (handle) => send("WebDriver:SwitchToWindow", { handle, focus: true }),
    closeTab: () => send("WebDriver:CloseWindow"),
    deleteCookies: () => send("WebDriver:DeleteAllCookies"),
  }
}

/** Nothing that looks for updates or calls home. */
function preferences(more: Record<string, string | number | boolean>): string {
  const values = {
    "app.update.enabled": false,
    "browser.shell.checkDefaultBrowser": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
    ...more,
  }
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
    .join("\n")
}
