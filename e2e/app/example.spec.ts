import { expect, test, type Page } from "@playwright/test"
import { documentsRead, Shown } from "../shown.ts"

/** The example app as a person uses it, with JavaScript and without. */
for (const javaScript of [true, false]) {
  test.describe(javaScript ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled: javaScript })

    interface Person {
      shown: Shown
      press(button: string): Promise<void>
      follow(link: string): Promise<void>
    }

    async function person(page: Page): Promise<Person> {
      const shown = await Shown.observe(page.context(), javaScript, page)
      return {
        shown,
        async press(name) {
          await documentsRead(page)
          await page.getByRole("button", { name, exact: true }).first().click()
        },
        async follow(name) {
          await documentsRead(page)
          await page.getByRole("link", { name, exact: true }).click()
        },
      }
    }

    test("signs in, writes a note, fills the cart, signs out: every message once", async ({ page }) => {
      const { shown, press, follow } = await person(page)
      await page.goto("/")
      await follow("Dashboard")
      await page.waitForURL("**/sign-in")
      await shown.once("Please sign in first")

      await page.getByLabel("Email").fill("ada@example.com")
      await page.getByLabel("Password").fill("wrong")
      await press("Sign in")
      const refusal = page.getByText("No one here has this e-mail and password")
      await expect(refusal).toBeVisible()
      await expect(page.getByLabel("Email")).toHaveValue("ada@example.com")
      await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true")
      await expect(page.getByLabel("Password")).toHaveValue("")

      await page.getByLabel("Password").fill("first-programmer")
      await press("Sign in")
      await page.waitForURL("**/dashboard")
      await expect(page.getByText("Signed in as Ada")).toBeVisible()
      await shown.once("Welcome back, Ada")

      await follow("Notes")
      await page.waitForURL("**/notes")
      await press("Save note")
      await expect(page.getByText("Give the note a title")).toBeVisible()
      await page.getByLabel("Title").fill("Bernoulli numbers")
      await page.getByLabel("Text").fill("Note G\nsecond line")
      await press("Save note")
      await expect(page.getByRole("link", { name: "Bernoulli numbers" })).toBeVisible()
      await shown.once("Note saved")
      await expect(page.getByText("Give the note a title")).toHaveCount(0)

      await follow("Bernoulli numbers")
      await page.waitForURL("**/notes/*")
      await expect(page.getByRole("heading", { name: "Bernoulli numbers" })).toBeVisible()
      await press("Delete")
      await page.waitForURL("**/notes")
      await expect(page.getByRole("list", { name: "Your notes" })).toBeEmpty()
      await shown.once("Note deleted")

      await follow("Cart")
      await page.waitForURL("**/cart")
      await expect(page.getByRole("heading", { name: "Cart" })).toBeVisible()
      await press("Add")
      await expect(page.getByTestId("cart-count")).toHaveText("1")
      await shown.once("Added Pencil")

      await press("Sign out")
      await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible()
      await shown.once("You are signed out")
      expect(new URL(page.url()).pathname).toBe("/")
      await expect(page.getByTestId("cart-count")).toHaveText("0")

      for (const move of [() => page.goBack(), () => page.reload(), () => page.goto("/")]) {
        await documentsRead(page)
        await move()
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
      }
      await documentsRead(page)
      for (const text of [
        "Please sign in first",
        "Welcome back, Ada",
        "Note saved",
        "Note deleted",
        "Added Pencil",
        "You are signed out",
      ]) {
        expect(shown.count(text), text).toBe(1)
      }
    })

    test("goes where it wanted to go after signing in, else to the dashboard", async ({ page }) => {
      const { press } = await person(page)
      await page.goto("/sign-in")
      await page.getByLabel("Email").fill("grace@example.com")
      await page.getByLabel("Password").fill("first-compiler")
      await press("Sign in")
      await page.waitForURL("**/dashboard")
      await expect(page.getByText("Signed in as Grace")).toBeVisible()
    })

    test("gives a visitor who stores nothing no cookie", async ({ page, context }) => {
      for (const path of ["/", "/notes", "/cart", "/about", "/sign-in"]) {
        await page.goto(path)
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
      }
      expect(await context.cookies()).toEqual([])
    })

    test("can be used by keyboard alone", async ({ page }) => {
      const { shown } = await person(page)
      await page.goto("/notes")
      await page.getByLabel("Title").focus()
      await page.keyboard.type("From the keyboard")
      await page.keyboard.press("Enter")
      await expect(page.getByRole("link", { name: "From the keyboard" })).toBeVisible()
      await shown.once("Note saved")
    })
  })
}

test("a signed-out person's data access is refused without middleware too", async ({ request }) => {
  const kinds: Record<string, string>[] = [{}, { rsc: "1" }, { "next-router-prefetch": "1", rsc: "1" }]
  for (const headers of kinds) {
    const response = await request.get("/dashboard", { headers, maxRedirects: 0 })
    expect(await response.text()).not.toContain("Signed in as")
  }
})

test("/about is prerendered and served without a cookie", async ({ request }) => {
  const response = await request.get("/about")
  expect(response.headers()["x-nextjs-prerender"]).toMatch(/^1/)
  expect(response.headers()["set-cookie"]).toBeUndefined()
})

test("the banner is announced", async ({ page }) => {
  await page.goto("/cart")
  await page.getByRole("button", { name: "Add" }).first().click()
  await expect(page.getByRole("status")).toContainText("Added Pencil")
  await page.goto("/dashboard")
  await expect(page.getByRole("alert").filter({ hasText: "Please sign in first" })).toBeVisible()
})
