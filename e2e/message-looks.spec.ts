import { readFileSync } from "node:fs"
import { expect, test, type Page } from "@playwright/test"
import axeCore from "axe-core"
import { hydrated, submit } from "./case.ts"
import { fetchAndNotice, formAt, type Flashed } from "./flashing.ts"

/** What a message is to people who cannot see it, or use no mouse; and pictures of it, to be looked at. */

const styles = readFileSync(new URL("../app/globals.css", import.meta.url), "utf8")

const undo = { label: "Undo", post: "/api/undo", fields: { what: "it" } }
const view = { label: "View it", href: "/other" }
const everyKind: readonly Flashed[] = [
  ["success", "Saved"],
  ["success", { text: "Note deleted", description: "It was in two lists.", action: undo }],
  ["info", { text: "Your export is ready", action: view, seconds: 30 }],
  ["warning", { text: "Your trial ends on Friday", description: "Nothing is deleted then." }],
  ["error", { text: "The card was refused", description: "The bank gave no reason.", action: view }],
]

async function showAll(page: Page, at = "/rich", messages = everyKind): Promise<void> {
  await page.goto(formAt(at, messages))
  await hydrated(page)
  await page.addStyleTag({ content: styles })
  await submit(page, "flash")
}

async function violations(page: Page): Promise<unknown[]> {
  await page.addScriptTag({ content: axeCore.source })
  return page.evaluate(async () => {
    // That of the fixture's pages is none of the kit's.
    document.title = "Messages"
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: object[] }> } }
    const found = await axe.run({ resultTypes: ["violations"] })
    return found.violations
  })
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test("messages of every kind have no violation axe knows, in our banner", async ({ page }) => {
      await showAll(page)
      await expect(page.getByRole("button", { name: "Dismiss" })).toHaveCount(everyKind.length)
      await page.screenshot({ path: `test-results/looks/banner-${colorScheme}.png`, animations: "disabled" })
      expect(await violations(page)).toEqual([])
    })
  })
}

test("nor in sonner", async ({ page }) => {
  await showAll(page, "/toasts", everyKind.slice(0, 3))
  await expect(page.locator("[data-sonner-toast]")).toHaveCount(3)
  await page.screenshot({ path: "test-results/looks/sonner.png", animations: "disabled" })
  const own = (await violations(page)) as { id: string }[]
  expect(own.map(({ id }) => id)).toEqual([])
})

test("a live region gets each message once, and nothing else is said again", async ({ page }) => {
  await page.goto(formAt("/rich", everyKind))
  await hydrated(page)
  await expect(page.locator(".flash-messages > [role=status]")).toBeAttached()
  // A screen reader reads what comes into a region, or changes in it: an element's text, or a text.
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        const nodes = type === "characterData" ? [target] : [...addedNodes]
        for (const node of nodes) {
          const element = node instanceof Element ? node : node.parentElement
          const region = element?.closest("[role=status], [role=alert]")
          // A region that comes with its text in it is not announced.
          if (!region || region === element) continue
          // By default it is read as a whole whenever anything in it changes.
          const isWhole = region.getAttribute("aria-atomic") !== "false"
          said.push(`${region.getAttribute("role")}: ${(isWhole ? region : node).textContent}`)
        }
      }
    })
    observer.observe(document, { subtree: true, childList: true, characterData: true })
  })
  await submit(page, "flash")
  await expect(page.locator(".flash")).toHaveCount(everyKind.length)
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said)
  const once = [
    "status: Saved×",
    "status: Note deletedIt was in two lists.Undo×",
    "status: Your export is readyView it×",
    "alert: Your trial ends on FridayNothing is deleted then.×",
    "alert: The card was refusedThe bank gave no reason.View it×",
  ]
  expect(await said()).toEqual(once)
  await fetchAndNotice(page, [["success", "One more"]])
  await expect.poll(said).toEqual([...once, "status: One more×"])
})

test("by keyboard: the focus stays where it is, reaches every button, and is not lost", async ({ page }) => {
  await page.goto(formAt("/rich", everyKind))
  await hydrated(page)
  const button = page.getByRole("button", { name: "flash" })
  await button.focus()
  await page.keyboard.press("Enter")
  await expect(page.locator(".flash")).toHaveCount(everyKind.length)
  await expect(button).toBeFocused()

  const dismissFirst = page.getByRole("button", { name: "Dismiss" }).first()
  await dismissFirst.focus()
  await page.keyboard.press("Enter")
  await expect(page.locator(".flash")).toHaveCount(everyKind.length - 1)
  await expect(page.locator(".flash-messages")).toBeFocused()
  const reached: (string | null)[] = []
  for (let step = 0; step < 5; step += 1) {
    await page.keyboard.press("Tab")
    reached.push(
      await page.evaluate(
        () => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? "",
      ),
    )
  }
  expect(reached).toEqual(["Undo", "Dismiss", "View it", "Dismiss", "Dismiss"])
  await page.getByRole("button", { name: "Undo" }).focus()
  await page.keyboard.press("Enter")
  await expect(page.locator(".flash")).toHaveText("undone: it×")
})
