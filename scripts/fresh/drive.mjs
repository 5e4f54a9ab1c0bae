import { chromium, expect as waitFor } from "@playwright/test"
import { chromiumOptions, ensureChromium } from "../chromium.mjs"

/** In milliseconds: `next dev` compiles a page when it is first asked for, and may share the machine. */
const PATIENCE = 120_000

const expect = waitFor.configure({ timeout: PATIENCE })

/** @returns {Promise<import("@playwright/test").Browser>} the system's Chromium, or Playwright's */
export function openChromium() {
  ensureChromium()
  return chromium.launch(chromiumOptions())
}

/**
 * @typedef {object} SignIn
 * @property {string} signInPath the page with the form: fields `email` and `password`, and a button
 * @property {string} homePath the page signing in leads to, with a button that signs out
 * @property {string} [afterSignOutPath] the page signing out leads to; that of the form by default
 * @property {string} email
 * @property {string} password
 * @property {RegExp} wrong what the form says to a wrong password
 * @property {RegExp} welcome the message after signing in
 * @property {RegExp} [goodbye] the message after signing out
 * @property {string} [signIn] the button's name
 * @property {string} [signOut] the button's name
 */

/**
 * Signs in as a person does: a wrong password first, then the right one, a reload, and out again. What the
 * browser's console says on the way is an error.
 *
 * @param {string} origin
 * @param {SignIn & { javaScript: boolean, browser: import("@playwright/test").Browser }} options
 * @returns {Promise<string[]>} what was seen, in order
 * @throws Error when something was not as it should be, or the console holds an error or a warning
 */
export async function driveSignIn(origin, { javaScript, browser, ...given }) {
  const page = { afterSignOutPath: given.signInPath, signIn: "Sign in", signOut: "Sign out", ...given }
  const context = await browser.newContext({ javaScriptEnabled: javaScript })
  context.setDefaultTimeout(PATIENCE)
  const tab = await context.newPage()
  const said = listen(tab)
  const seen = []
  const saw = (what) => seen.push(`${javaScript ? "with" : "without"} JavaScript: ${what}`)
  try {
    await tab.goto(origin + page.signInPath, { waitUntil: "networkidle" })
    if (javaScript) await tab.evaluate(() => (window.sameDocument = true))
    const email = tab.locator("[name=email]")

    await email.fill(page.email)
    await tab.locator("[name=password]").fill("not the password")
    await tab.getByRole("button", { name: page.signIn }).click()
    await expect(tab.getByText(page.wrong)).toBeVisible()
    await expect(email).toHaveValue(page.email)
    await expect(tab.locator("[name=password]")).toHaveValue("")
    saw("a wrong password gives the error and the e-mail back, and no password")

    await tab.locator("[name=password]").fill(page.password)
    await tab.getByRole("button", { name: page.signIn }).click()
    await tab.waitForURL(origin + page.homePath)
    const welcome = tab.getByText(page.welcome)
    await expect(welcome).toHaveCount(1)
    await expect(welcome).toBeVisible()
    if (javaScript) expect(await tab.evaluate(() => window.sameDocument)).toBe(true)
    saw("the right one leads on, with its message once")

    await tab.reload({ waitUntil: "networkidle" })
    await expect(tab.getByRole("button", { name: page.signOut })).toBeVisible()
    await expect(welcome).toHaveCount(0)
    saw("a reload does not show it again")

    await tab.getByRole("button", { name: page.signOut }).click()
    await tab.waitForURL(origin + page.afterSignOutPath)
    if (page.goodbye) await expect(tab.getByText(page.goodbye)).toHaveCount(1)
    await tab.goto(origin + page.homePath, { waitUntil: "networkidle" })
    await expect(tab.getByRole("button", { name: page.signOut })).toHaveCount(0)
    saw(`signed out${page.goodbye ? ", with its message" : ""}`)
    if (page.goodbye) await expect(tab.getByText(page.goodbye)).toHaveCount(0)
    if (said.length > 0) throw new Error(`The browser's console said:\n${said.join("\n")}`)
    return seen
  } catch (error) {
    const state = `${[...seen, `then, on ${tab.url()}:`].join("\n")}\n${await tab.innerText("body", { timeout: 1000 })}`
    throw new Error(`${error.message}\n\nSeen before:\n${state}\n\nConsole:\n${said.join("\n")}`, {
      cause: error,
    })
  } finally {
    await context.close()
  }
}

/** Every error and warning of a page, as they come. */
function listen(tab) {
  const said = []
  tab.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) said.push(`${message.type()}: ${message.text()}`)
  })
  tab.on("pageerror", (error) => said.push(`exception: ${error.stack ?? error.message}`))
  return said
}
