import { existsSync } from "node:fs"
import { installPackages } from "./debian.mjs"

/** Where distributions, and Mozilla's installer on a Mac, put Firefox. */
export const systemFirefox = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/snap/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
]

/** Makes sure, where it can, that there is a Firefox: the tests that need one are left out otherwise. */
export function ensureFirefox() {
  if (haveFirefox()) return
  if (installPackages("firefox-esr") && haveFirefox()) return
  console.log(
    "No Firefox: its tests are left out. Get one by: apt-get install firefox-esr, or from mozilla.org.",
  )
}

function haveFirefox() {
  return systemFirefox.some((path) => existsSync(path))
}
