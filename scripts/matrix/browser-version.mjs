import { execFileSync, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { chromium, firefox } from "@playwright/test"
import { chromiumOptions } from "../chromium.mjs"
import { systemFirefox } from "../firefox.mjs"
import { systemWebkit } from "../webkit.mjs"

/** @returns {string | undefined} what a cell's browser says it is, as `Firefox 153.7.0` */
export function browserVersion(name) {
  if (name === "webkit") return webkitVersion()
  const paths =
    name === "firefox"
      ? [firefox.executablePath(), ...systemFirefox]
      : [chromiumOptions().executablePath ?? chromium.executablePath()]
  const path = paths.find((candidate) => existsSync(candidate))
  if (path === undefined) return undefined
  const said = execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
  return said.match(/(Chromium|Firefox) [\d.]+\w*/)?.[0]
}

/** Its small browser needs a display to say so, so the package is asked. */
function webkitVersion() {
  if (systemWebkit() === undefined) return "WebKit"
  const { stdout } = spawnSync("dpkg-query", ["-W", "-f", "${Version}", "webkit2gtk-driver"], {
    encoding: "utf8",
  })
  return `WebKitGTK ${/^[\d.]+/.exec(stdout ?? "")?.[0] ?? ""}`.trim()
}
