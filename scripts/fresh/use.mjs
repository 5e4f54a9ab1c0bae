import { startNext } from "./app.mjs"
import { driveSignIn, openChromium } from "./drive.mjs"
import { mustBeQuiet } from "./run.mjs"

/**
 * Serves an app and signs in as people do, with JavaScript and without; prints what was seen.
 *
 * @param {string} folder the app's
 * @param {import("./drive.mjs").SignIn} page
 * @param {{ mode: "start" | "dev", env?: Record<string, string | undefined> }} options
 * @throws Error when something was not as it should be, or the server or the browser's console complained
 */
export async function use(folder, page, { mode, env }) {
  const next = await startNext(folder, { mode, env })
  const browser = await openChromium()
  try {
    console.log(`$ npx next ${mode}`)
    for (const javaScript of [true, false]) {
      for (const seen of await driveSignIn(next.origin, { ...page, javaScript, browser })) {
        console.log(`  ${seen}`)
      }
    }
  } catch (error) {
    throw new Error(`${error.message}\n\nThe server said:\n${next.output()}`, { cause: error })
  } finally {
    await browser.close()
    await next.stop()
  }
  mustBeQuiet(`next ${mode}`, next.output())
}
