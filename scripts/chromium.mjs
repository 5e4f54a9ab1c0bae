import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { chromium } from "@playwright/test"
import { installPackages } from "./debian.mjs"

/** Where distributions put Chromium. */
const systemChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]

/** The same without windows, of which Debian makes a package: cases take half the time in it. */
const systemShell = ["/usr/bin/chromium-headless-shell"]

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

const installed = (paths) => paths.find((path) => existsSync(path))

/**
 * How Playwright launches it: the system's, for distributions ship a Chromium where Playwright cannot download its
 * own; the one without windows, as Playwright itself prefers.
 *
 * @returns {import("@playwright/test").LaunchOptions}
 */
export function chromiumOptions() {
  return launched([...systemShell, ...systemChromium])
}

/**
 * The same, but the browser that people have, with its page cache.
 *
 * @returns {import("@playwright/test").LaunchOptions}
 */
export function wholeChromiumOptions() {
  return launched(systemChromium)
}

function launched(paths) {
  const executablePath = installed(paths)
  return executablePath === undefined ? {} : { executablePath, args: flags }
}

/**
 * Makes sure the browser tests have a Chromium: the system's, Playwright's, or one it installs now,
 * by Playwright's download or, where that is not possible, as a Debian package. Beside the system's it installs
 * the one without windows, where it can.
 */
export function ensureChromium() {
  if (haveChromium()) {
    if (installed(systemChromium) && !installed(systemShell)) installPackages("chromium-headless-shell")
    return
  }
  console.log("No Chromium found: installing one (npx playwright install chromium).")
  const download = ["--no-install", "playwright", "install", "chromium"]
  if (spawnSync("npx", download, { stdio: "inherit" }).status === 0 && haveChromium()) return

  console.log("Playwright could not download it.")
  if (installPackages("chromium", "chromium-headless-shell") && haveChromium()) return

  console.error(
    "Still no Chromium. The browser tests need one: run `npx playwright install --with-deps chromium`, " +
      "or install your system's chromium package.",
  )
}

function haveChromium() {
  return installed([...systemChromium, chromium.executablePath()]) !== undefined
}
