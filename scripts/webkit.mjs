import { existsSync } from "node:fs"
import { installPackages } from "./debian.mjs"

/** Where distributions put the parts of WebKitGTK, the engine of Safari, that a test needs. */
const parts = {
  driver: ["/usr/bin/WebKitWebDriver"],
  display: ["/usr/bin/Xvfb"],
  browser: ["x86_64-linux-gnu/", "aarch64-linux-gnu/", ""].flatMap((folder) =>
    ["lib", "libexec"].map((place) => `/usr/${place}/${folder}webkit2gtk-4.1/MiniBrowser`),
  ),
}

/** @returns {{ driver: string, display: string, browser: string } | undefined} paths, if all are there */
export function systemWebkit() {
  const found = Object.entries(parts).map(([name, paths]) => [name, paths.find((path) => existsSync(path))])
  return found.every(([, path]) => path !== undefined) ? Object.fromEntries(found) : undefined
}

/** Makes sure, where it can, that there is a WebKit: the tests that need one are left out otherwise. */
export function ensureWebkit() {
  if (systemWebkit() !== undefined) return
  if (installPackages("webkit2gtk-driver", "xvfb") && systemWebkit()) return
  console.log("No WebKit: its tests are left out. Get one by: apt-get install webkit2gtk-driver xvfb.")
}
