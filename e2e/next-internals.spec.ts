import { expect, test } from "@playwright/test"
import { hydrated, onPage, submit } from "./case.ts"
import { createPerson, startApp, store } from "./security/app-server.ts"

/** What docs/next-internals.md lists and no other test would notice. */

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled })

    test("the page an action redirects to is told of itself, not of the page the form was on", async ({
      page,
    }) => {
      await page.goto("/form?text=hello&redirect=/told")
      if (javaScriptEnabled) await hydrated(page)
      await submit(page)
      await onPage(page, "told")
      const told = JSON.parse((await page.locator("output").textContent()) ?? "{}")
      expect(["/told", undefined]).toContain(told["x-session-page"])
      expect(["GET", undefined]).toContain(told["x-session-method"])
    })
  })
}

test("what a visitor says in our headers reaches no page", async ({ request }) => {
  const forged = ["page", "base", "method", "arrived"].map((name) => [`x-session-${name}`, "forged"])
  const answer = await request.get("/told", { headers: Object.fromEntries(forged) })
  expect(await answer.text()).toContain("told")
  expect(await answer.text()).not.toContain("forged")
})

test("finding out whether a cookie can be set renders nothing anew", async ({ page }) => {
  const act = async (address: string) => {
    await page.goto(address)
    // An effect leaves the action behind, and it may run after the page counts as hydrated.
    await page.waitForFunction(() => "call" in window)
    const answered = page.waitForResponse((response) => response.request().method() === "POST")
    await page.evaluate(() => void (window as unknown as { call(): Promise<void> }).call())
    return (await answered).allHeaders()
  }
  const reading = await act("/form")
  expect([reading["x-action-revalidated"], reading["set-cookie"]]).toEqual([undefined, undefined])
  expect((await act("/form?text=hello"))["x-action-revalidated"]).toBeDefined()
})

test("a host whose functions cannot outlive their response: Next's after() throws, the session works", async () => {
  test.setTimeout(120_000)
  const app = await startApp(store(), { environment: { FIXTURE_NO_WAIT_UNTIL: "1" } })
  try {
    const person = createPerson(app)
    // Its own use of after() shows that this server is such a host.
    const late = await person.ask("/api/guard/written%20too%20late", {
      method: "POST",
      headers: [["origin", app.origin]],
    })
    expect(late.status).toBe(500)
    for (let times = 0; times < 200; times += 1) await person.call(["increment", "count"])
    expect((await person.read()).data).toEqual({ count: 200 })
    await person.post("/api/flash", { text: "delivered", redirect: "/target" })
    expect((await person.open("/target")).body).toContain("delivered")
    expect((await person.open("/target")).body).not.toContain("delivered")
    expect(app.printed()).not.toContain("SESSION_")
  } finally {
    await app.stop()
  }
})
