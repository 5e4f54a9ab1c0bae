import { expect, test } from "@playwright/test"
import { printClass } from "../../lib/session/test-support/bad-input.ts"
import { createPerson, startApp, store, type AppServer } from "./app-server.ts"

/** Markup that somebody typed is text wherever the kit shows it. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

let app: AppServer

test.beforeAll(async () => {
  app = await startApp(store())
})
test.afterAll(() => app.stop())

const payloads = [
  `<img src=x onerror="window.hacked=1">`,
  `</script><script>window.hacked=1</script>`,
  `<!--<script>`,
  `"><svg onload=window.hacked=1>`,
  `'"\`><iframe srcdoc="<script>parent.hacked=1</script>">`,
  `]]></p><script>window.hacked=1</script>`,
  `$undefined`,
  `$@1`,
  `\u2028\u2029</textarea><script>window.hacked=1</script>`,
]

test("in a message, in old input and in errors: escaped in HTML, a string in the RSC payload", async () => {
  for (const payload of payloads) {
    const person = createPerson(app)
    await person.call(["flash", "success", payload, { to: "/other" }])
    const page = await person.open("/other")
    expect(page.body, payload).not.toContain(payload.startsWith("$") ? `>${payload}x` : payload)
    expect(page.body, payload).toContain(escaped(payload))
    expect(page.body).not.toMatch(/<script>window\.hacked|onerror="window|<svg onload/)

    await person.post("/api/back", { name: payload, error: payload, _back: "/form" })
    const form = await person.open("/form")
    expect(form.body, payload).toContain(`value="${escaped(payload)}"`)
    expect(form.body, payload).toContain(`>${escaped(payload)}</p>`)
    expect(form.body).not.toMatch(/<script>window\.hacked|onerror="window|<svg onload/)

    // The page inside an action's own response is an RSC payload.
    await person.call(["flash", "success", payload, { to: "/other" }])
    const rsc = await person.ask("/other?_rsc=x", {
      headers: [
        ["rsc", "1"],
        ["x-action-redirect", "/other;push"],
      ],
    })
    const followed =
      rsc.status === 307
        ? await person.ask(locationOf(rsc), {
            headers: [
              ["rsc", "1"],
              ["x-action-redirect", "/other;push"],
            ],
          })
        : rsc
    expect(followed.headers.find(([name]) => name === "content-type")?.[1]).toBe("text/x-component")
    const asString = JSON.stringify(payload.startsWith("$") ? `$${payload}` : payload)
    expect(followed.body, payload).toContain(asString)
  }
  printClass(
    "markup in messages, old input and errors",
    store(),
    payloads.length * 3,
    "text in HTML and in the RSC payload",
  )
})

test("in the page's own address, which a form carries back", async () => {
  const page = await createPerson(app).open(
    `/form?text="><script>window.hacked=1</script>`.replaceAll(" ", "%20"),
  )
  expect(page.body).not.toContain("<script>window.hacked")
})

for (const javaScriptEnabled of [true, false]) {
  test(`a browser runs none of it [${javaScriptEnabled ? "JavaScript" : "no JavaScript"}]`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ baseURL: app.origin, javaScriptEnabled })
    const page = await context.newPage()
    const dialogs: string[] = []
    page.on("dialog", (dialog) => void dialogs.push(dialog.message()))
    const headers = { origin: app.origin, accept: "text/html" }
    for (const payload of payloads.slice(0, 6)) {
      await context.request.post("/api/flash", { form: { text: payload, to: "/other" }, headers })
      await page.goto("/other")
      await expect(page.getByText(payload, { exact: true })).toBeVisible()
      const form = { name: payload, error: payload, _back: "/form" }
      await context.request.post("/api/back", { form, headers, maxRedirects: 0 })
      await page.goto("/form")
      await expect(page.getByLabel("name")).toHaveValue(payload)
      await expect(page.getByRole("note")).toHaveText(payload)
      if (javaScriptEnabled) expect(await page.evaluate("window.hacked")).toBeUndefined()
      await expect(page.locator("img, svg, iframe")).toHaveCount(0)
    }
    expect(dialogs).toEqual([])
    await context.close()
  })
}

/** As React escapes text and attributes. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#x27;")
}

function locationOf({ headers }: { headers: readonly (readonly [string, string])[] }): string {
  return headers.find(([name]) => name === "location")?.[1] ?? "/"
}
