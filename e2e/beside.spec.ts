import { expect, test, type Page } from "@playwright/test"
import { hydrated, onPage, submit } from "./case.ts"
import { Shown } from "./shown.ts"

/** Beside React's form state, next-safe-action and Conform: each keeps its ways, and our flash works. */
async function openBeside(
  page: Page,
  which: string,
  javaScript = true,
): Promise<{ text: string; shown: Shown }> {
  const text = `message ${crypto.randomUUID().slice(0, 8)}`
  const shown = await Shown.observe(page.context(), javaScript, page)
  await page.goto(`/beside/${which}?text=${encodeURIComponent(text)}`)
  if (javaScript) await hydrated(page)
  return { text, shown }
}

test("useActionState: errors beside the field, then the state and the message in place", async ({ page }) => {
  const { text, shown } = await openBeside(page, "action-state")
  await page.getByLabel("name").fill("ab")
  await submit(page, "stay")
  await expect(page.getByRole("note")).toHaveText("Use three letters or more")
  await expect(page.getByLabel("name")).toHaveValue("ab")
  await page.getByLabel("name").fill("abc")
  await submit(page, "stay")
  await expect(page.locator("output")).toHaveText("Hello, abc")
  await expect(page.getByRole("note")).toBeEmpty()
  await shown.once(text)
})

test("useActionState: errors are gone also when the action then writes nothing", async ({ page }) => {
  await openBeside(page, "action-state")
  await page.getByLabel("name").fill("ab")
  await submit(page, "stay")
  await expect(page.getByRole("note")).toHaveText("Use three letters or more")
  await page.getByLabel("name").fill("abc")
  await submit(page, "write nothing")
  await expect(page.locator("output")).toHaveText("Quietly, abc")
  await expect(page.getByRole("note")).toBeEmpty()
})

test("useActionState: a redirect takes the message along", async ({ page }) => {
  const { text, shown } = await openBeside(page, "action-state")
  await page.getByLabel("name").fill("abc")
  await submit(page, "leave")
  await onPage(page, "target")
  await shown.once(text)
})

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false })

  test("useActionState: wrong input comes back with errors and text, right input with state and message", async ({
    page,
  }) => {
    const { text, shown } = await openBeside(page, "action-state", false)
    await page.getByLabel("name").fill("ab")
    await submit(page, "stay")
    await expect(page.getByRole("note")).toHaveText("Use three letters or more")
    await expect(page.getByLabel("name")).toHaveValue("ab")
    await expect(page).toHaveURL((url) => url.searchParams.get("text") === text)
    expect(shown.count(text)).toBe(0)
    await page.getByLabel("name").fill("abc")
    await submit(page, "stay")
    await expect(page.locator("output")).toHaveText("Hello, abc")
    await expect(page.getByRole("note")).toBeEmpty()
    await shown.once(text)
    await page.goto("/other")
    await onPage(page, "other")
    await shown.once(text)
  })

  for (const which of ["action-state", "conform"]) {
    test(`${which}: a redirect takes the message along`, async ({ page }) => {
      const { text, shown } = await openBeside(page, which, false)
      await page.getByLabel("name").fill("abc")
      await submit(page, "leave")
      await onPage(page, "target")
      await shown.once(text)
    })
  }
})

test("next-safe-action: its validation, its result, our message", async ({ page }) => {
  const { text, shown } = await openBeside(page, "safe-action")
  await submit(page, "wrong")
  await expect(page.getByRole("note")).toHaveText("1 wrong")
  expect(shown.count(text)).toBe(0)
  await submit(page, "stay")
  await expect(page.locator("output")).toHaveText("Hello, abc")
  await shown.once(text)
})

test("next-safe-action: a redirect takes the message along", async ({ page }) => {
  const { text, shown } = await openBeside(page, "safe-action")
  await submit(page, "leave")
  await onPage(page, "target")
  await shown.once(text)
})

test("Conform: its errors, then a redirect takes the message along", async ({ page }) => {
  const { text, shown } = await openBeside(page, "conform")
  await page.getByLabel("name").fill("ab")
  await submit(page, "leave")
  await expect(page.getByRole("note")).toHaveText("Use three letters or more")
  await page.getByLabel("name").fill("abc")
  await submit(page, "leave")
  await onPage(page, "target")
  await shown.once(text)
})
