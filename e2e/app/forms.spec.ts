import { expect, test, type Page } from "@playwright/test"
import { expectFlash } from "next-session-kit/testing"

/** Browsers say where a post comes from; a request without that is refused. */
test.use({ extraHTTPHeaders: async ({ baseURL }, use) => use({ origin: baseURL ?? "" }) })

const settings = (page: Page) =>
  page.locator("form", { has: page.getByRole("button", { name: "Save settings" }) })

for (const javaScript of [true, false]) {
  test.describe(javaScript ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled: javaScript })

    async function fillWrong(page: Page): Promise<void> {
      await page.goto("/settings")
      await page.getByLabel("Street").fill("St James's Square 12")
      await page.getByLabel("Phone 1").fill("+44 20 7946 0000")
      await page.getByLabel("Phone 2").fill("call me")
      await page.getByLabel("Language").selectOption("nl")
      await page.getByLabel("Events").check()
      await page.getByLabel("Offers").check()
      await page.getByLabel("Dark").check()
      await page
        .getByLabel("Picture")
        .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("x") })
      await page.getByRole("button", { name: "Save settings" }).click()
      await expect(page.getByText("Tell us your name")).toBeVisible()
    }

    test("gives everything typed back, with the message beside its field", async ({ page }) => {
      await fillWrong(page)
      await expect(page.getByText("Tell us your city")).toBeVisible()
      await expect(page.getByLabel("Phone 2")).toHaveAccessibleDescription("Use digits and spaces only")
      await expect(page.getByLabel("Phone 1")).not.toHaveAttribute("aria-invalid")
      await expect(page.getByLabel("Street")).toHaveValue("St James's Square 12")
      await expect(page.getByLabel("Phone 1")).toHaveValue("+44 20 7946 0000")
      await expect(page.getByLabel("Phone 2")).toHaveValue("call me")
      await expect(page.getByLabel("Language")).toHaveValue("nl")
      await expect(page.getByLabel("News")).not.toBeChecked()
      await expect(page.getByLabel("Events")).toBeChecked()
      await expect(page.getByLabel("Offers")).toBeChecked()
      await expect(page.getByLabel("Dark")).toBeChecked()
      await expect(page.getByLabel("Picture")).toHaveValue("")
      if (javaScript) await expect(page.getByLabel("Name")).toBeFocused()
    })

    test("wrong, then right: saved, and no message is left over", async ({ page }) => {
      await fillWrong(page)
      await page.getByLabel("Name").fill("Ada Lovelace")
      await page.getByLabel("City").fill("London")
      await page.getByLabel("Phone 2").fill("")
      await page.getByRole("button", { name: "Save settings" }).click()
      await expectFlash(page, "success", "Settings saved")
      await expect(settings(page).locator(".field-error")).toHaveCount(0)
      await page.goto("/settings")
      // No picture was chosen the second time: a file that is none has no name to be kept.
      await expect(page.getByText("Now:")).toHaveCount(0)
      await expect(page.getByLabel("Name")).toHaveValue("Ada Lovelace")
      await expect(page.getByLabel("Language")).toHaveValue("nl")
      await expect(page.getByLabel("Offers")).toBeChecked()
      await expect(page.getByLabel("News")).not.toBeChecked()
      await expect(page.getByLabel("Dark")).toBeChecked()
    })

    test("two forms on one page do not mix, and passwords do not come back", async ({ page }) => {
      await page.goto("/settings")
      await page.getByLabel("Current password").fill("old secret")
      await page.getByLabel("New password", { exact: true }).fill("a new long secret")
      await page.getByLabel("Repeat the new password").fill("something else")
      await page.getByRole("button", { name: "Change password" }).click()
      await expect(page.getByLabel("Repeat the new password")).toHaveAccessibleDescription(
        "Repeat the new password exactly",
      )
      for (const label of ["Current password", "Repeat the new password"]) {
        await expect(page.getByLabel(label)).toHaveValue("")
      }
      await expect(settings(page).locator(".field-error")).toHaveCount(0)
      expect(await page.content()).not.toContain("a new long secret")
    })

    test("leaves nothing over after leaving and returning, and on reload", async ({ page }) => {
      await fillWrong(page)
      await page.getByRole("link", { name: "Notes" }).click()
      await expect(page.getByRole("heading", { name: "Notes" })).toBeVisible()
      await page.getByRole("link", { name: "Settings" }).click()
      await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible()
      await expect(page.locator(".field-error")).toHaveCount(0)
      await expect(page.getByLabel("Street")).toHaveValue("")
      await page.reload()
      await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible()
      await expect(page.locator(".field-error")).toHaveCount(0)
    })

    // Without JavaScript, Back shows what the browser kept.
    if (!javaScript) return
    test("leaves nothing over on Back", async ({ page }) => {
      await fillWrong(page)
      await page.getByRole("link", { name: "Notes" }).click()
      await expect(page.getByRole("heading", { name: "Notes" })).toBeVisible()
      await page.goBack()
      await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible()
      await expect(page.locator(".field-error")).toHaveCount(0)
    })
  })
}

test("the notes route takes JSON: 201, or 422 with every message", async ({ request }) => {
  const created = await request.post("/api/notes", { data: { title: "From a program", text: "" } })
  expect(created.status()).toBe(201)
  expect(await created.json()).toMatchObject({ title: "From a program" })
  const refused = await request.post("/api/notes", { data: { title: "", text: 7 } })
  expect(refused.status()).toBe(422)
  expect(refused.headers()["cache-control"]).toBe("private, no-store")
  expect((await refused.json()).errors.map(({ field }: { field: string }) => field)).toEqual([
    "title",
    "text",
  ])
})

/** What a form's own submit says, and code that posts does not. */
const asForm = { accept: "text/html", "accept-language": "en", "sec-fetch-mode": "navigate" }

test("the notes route answers code that posts the form by 422, never by a page", async ({ request }) => {
  const refused = await request.post("/api/notes", { form: { title: "", text: "typed" }, maxRedirects: 0 })
  expect(refused.status()).toBe(422)
  const { errors } = (await refused.json()) as { errors: { field: string; messages: string[] }[] }
  expect(errors.map(({ field }) => field)).toEqual(["title"])
  expect(refused.headersArray().filter(({ name }) => name === "set-cookie")).toEqual([])
})

test("the notes route takes the form: 303 to the notes, or back to where it came from", async ({
  request,
  baseURL,
}) => {
  const post = (title: string, referer: string) =>
    request.post("/api/notes", {
      form: { title, text: "" },
      headers: { ...asForm, referer },
      maxRedirects: 0,
    })
  const saved = await post("From a form", `${baseURL}/notes`)
  expect([saved.status(), saved.headers().location]).toEqual([303, "/notes"])
  const back = await post("", `${baseURL}/notes?page=2`)
  expect([back.status(), back.headers().location]).toEqual([303, "/notes?page=2"])
  const named = await request.post("/api/notes", {
    form: { title: "", _back: "/notes?page=3" },
    headers: asForm,
    maxRedirects: 0,
  })
  expect([named.status(), named.headers().location]).toEqual([303, "/notes?page=3"])
  for (const evil of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    const led = await request.post("/api/notes", {
      form: { title: "", _back: evil },
      headers: asForm,
      maxRedirects: 0,
    })
    expect([led.status(), led.headers().location]).toEqual([303, "/notes"])
  }
  const foreign = await post("", "https://evil.example/notes")
  expect([foreign.status(), foreign.headers().location]).toEqual([303, "/notes"])
})

test.describe("a hostile form is an error page or field errors, never a crash or a lost session", () => {
  const long = "x".repeat(1_000_000)
  const forms: Record<string, [string, string][]> = {
    "10,000 fields": Array.from({ length: 10_000 }, (_, n) => [`field${n}`, "x"]),
    "absurd index": [
      ["items[1000000000]", "x"],
      ["title", ""],
    ],
    "prototype names": [
      ["__proto__", "x"],
      ["__proto__.polluted", "yes"],
      ["constructor.prototype.polluted", "yes"],
    ],
    "duplicate names": Array.from({ length: 500 }, () => ["title", "x"]),
    "20,000 equal names": Array.from({ length: 20_000 }, () => ["title", ""]),
    "260 KB of quotes": [["text", '"'.repeat(260_000)]],
    "a name of 40,000 digits": [["1".repeat(40_000), "x"]],
    "1 MB of text": [["title", long]],
    "wrong types": [
      ["title[]", "x"],
      ["text.deep[0].er", "y"],
    ],
    "nesting clash": [
      ["title.a", "x"],
      ["title", "y"],
      ["title[0]", "z"],
    ],
  }
  const tooLong = [
    "10,000 fields",
    "1 MB of text",
    "20,000 equal names",
    "260 KB of quotes",
    "a name of 40,000 digits",
  ]
  test("invalid UTF-8", async ({ request }) => {
    const response = await request.post("/api/notes", {
      data: Buffer.from("title=%ff%fe%C3&text=\xff\xfe", "latin1"),
      headers: { ...asForm, "content-type": "application/x-www-form-urlencoded" },
      maxRedirects: 0,
    })
    expect(response.status()).toBe(303)
    expect((await request.get("/notes", { headers: asForm })).status()).toBe(200)
  })

  for (const [name, fields] of Object.entries(forms)) {
    test(name, async ({ request, baseURL }) => {
      await request.post("/api/notes", { data: { title: "kept", text: "" } })
      const response = await request.post("/api/notes", {
        data: new URLSearchParams(fields).toString(),
        headers: {
          ...asForm,
          "content-type": "application/x-www-form-urlencoded",
          referer: `${baseURL}/notes`,
        },
        maxRedirects: 0,
      })
      expect(response.status()).toBe(303)
      for (const { name: header, value } of response.headersArray()) {
        if (header.toLowerCase() === "set-cookie") expect(value.length).toBeLessThanOrEqual(4096)
      }
      const page = await request.get("/notes", { headers: asForm })
      expect(page.status()).toBe(200)
      const html = await page.text()
      expect(html).toContain("kept")
      expect(html.includes("too long to be given back")).toBe(tooLong.includes(name))
      expect(({} as { polluted?: string }).polluted).toBeUndefined()
    })
  }
})
