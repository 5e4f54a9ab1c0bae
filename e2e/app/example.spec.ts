import { expect, type Page } from "@playwright/test"
import { expectFlash, expectNoFlash, seedSession } from "next-session-kit/testing"
import * as kit from "../../app/session.ts"
import { documentsRead, Shown } from "../shown.ts"
import { test } from "./signed-in.ts"

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
      await press("Undo")
      await expect(page.getByRole("link", { name: "Bernoulli numbers" })).toBeVisible()
      await shown.once("The note is back")

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
        "The note is back",
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
      await page.goto("/notes")
      await page.getByLabel("Title").focus()
      await page.keyboard.type("From the keyboard")
      await page.keyboard.press("Enter")
      await expect(page.getByRole("link", { name: "From the keyboard" })).toBeVisible()
      await expectFlash(page, "success", "Note saved")
    })

    test("shows a signed-in person their dashboard, and them a message that waits, once", async ({
      page,
      ada,
    }) => {
      expect(ada).not.toBe("")
      await page.goto("/dashboard")
      await expect(page.getByText("Signed in as Ada")).toBeVisible()
      await expectNoFlash(page)

      const { context, baseURL } = { context: page.context(), baseURL: new URL(page.url()).origin }
      const waiting = { flash: { info: "Grace has written" }, to: "/cart" }
      await seedSession(context, kit, { userId: "grace" }, { baseURL, ...waiting })
      await page.goto("/dashboard")
      await expect(page.getByText("Signed in as Grace")).toBeVisible()
      await expectNoFlash(page)
      await page.goto("/cart")
      await expectFlash(page, "info", /has written$/)
      await page.goto("/cart")
      await expect(page.getByRole("heading", { name: "Cart" })).toBeVisible()
      await expectNoFlash(page)
    })
  })
}

/** Next redirects a router's request without its `_rsc` parameter once; what is read is where that ends. */
const pageAndPayload: Record<string, string>[] = [{}, { rsc: "1" }]
const prefetch = { "next-router-prefetch": "1", rsc: "1" }

test("a signed-out person's data access is refused without middleware too", async ({ request }) => {
  for (const headers of [...pageAndPayload, prefetch]) {
    const response = await request.get("/dashboard", { headers })
    expect(response.status()).toBe(200)
    expect(await response.text()).not.toContain("Signed in as")
  }
})

test("a signed-in person's is not", async ({ context, ada }) => {
  expect(ada).not.toBe("")
  for (const headers of pageAndPayload) {
    const response = await context.request.get("/dashboard", { headers })
    expect(await response.text()).toContain("Signed in as")
  }
})

test("/about is prerendered and served without a cookie", async ({ request }) => {
  const response = await request.get("/about")
  expect(response.headers()["x-nextjs-prerender"]).toMatch(/^1/)
  expect(response.headers()["set-cookie"]).toBeUndefined()
})

test("the banner is announced", async ({ page, context, baseURL }) => {
  const flash = { success: "Added Pencil", warning: "Please sign in first" }
  await seedSession(context, kit, {}, { baseURL, flash })
  await page.goto("/cart")
  await expect(page.getByRole("status")).toContainText("Added Pencil")
  await expect(page.getByRole("alert").filter({ hasText: "Please sign in first" })).toBeVisible()
})
