import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findFreePort } from "../free-port.ts"
import type { BrowserTab, Engine } from "./browser-tab.ts"
import { connectMarionette, type Marionette } from "./marionette.ts"

/** A stock Firefox, driven by Marionette: Playwright's own is patched, and its BiDi driver is ahead of ESR. */
export function stockFirefox(executable: string): Engine {
  return {
    name: "Firefox",
    async open() {
      const port = await findFreePort()
      const profile = mkdtempSync(join(tmpdir(), "session-kit-firefox-"))
      writeFileSync(join(profile, "user.js"), preferences({ "marionette.port": port }))
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
        return { tab: tabOf(marionette), close: () => (marionette.close(), close()) }
      } catch (error) {
        await close()
        throw error
      }
    },
  }
}

function tabOf({ send }: Marionette): BrowserTab {
  return {
    goto: (url) => send("WebDriver:Navigate", { url }),
    goBack: () => send("WebDriver:Back"),
    async evaluate(run, argument) {
      const script = `return (${run})(arguments[0])`
      const answer = await send("WebDriver:ExecuteScript", { script, args: [argument], sandbox: null })
      return (answer as { value: never }).value
    },
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
