import { createClient } from "redis"
import { expect, request as api, test, type APIRequestContext, type Browser } from "@playwright/test"
import { hydrated, onPage, submit } from "./case.ts"
import { startServers, type Servers } from "./redis-servers.ts"
import { Shown } from "./shown.ts"

/** What the Redis store promises over HTTP; one app server, which these tests have to themselves. */
test.describe.configure({ mode: "serial" })

let servers: Servers

test.beforeAll(async () => {
  servers = await startServers(1)
  // The first request of a server sends the scripts' text besides.
  const visitor = await person()
  await call(visitor, ["put", "count", 1])
  await visitor.get("/other")
})
test.afterAll(() => servers.stop())
test.beforeEach(() => {
  servers.bridge.clearFaults()
  servers.bridge.resetStats()
})

const document = { headers: { accept: "text/html", "sec-fetch-dest": "document" }, maxRedirects: 0 }

/** A browser's cookie jar, without the browser. */
function person(headers: Record<string, string> = {}): Promise<APIRequestContext> {
  const [origin = ""] = servers.origins
  return api.newContext({ baseURL: origin, extraHTTPHeaders: { origin, ...headers } })
}

function call(visitor: APIRequestContext, ...calls: unknown[][]) {
  return visitor.post("/api/session", { data: calls })
}

async function signedIn(): Promise<APIRequestContext> {
  const visitor = await person()
  await call(visitor, ["put", "count", 7])
  servers.bridge.resetStats()
  return visitor
}

async function open(browser: Browser, javaScript: boolean) {
  const context = await browser.newContext({
    javaScriptEnabled: javaScript,
    baseURL: servers.origins[0] ?? "",
  })
  const shown = await Shown.observe(context, javaScript)
  return { context, shown, page: await context.newPage() }
}

test.describe("requests to Redis", () => {
  const counted = async (run: () => Promise<unknown>) => {
    servers.bridge.resetStats()
    await run()
    return servers.bridge.stats().requests
  }

  test("none without a session, none on a page that does not use it, none for a malformed id", async () => {
    const stranger = await person()
    expect(await counted(() => stranger.get("/other", document))).toBe(0)
    const visitor = await signedIn()
    expect(await counted(() => visitor.get("/static", document))).toBe(0)
    expect(await counted(() => visitor.get("/raw", document))).toBe(0)
    for (const value of [
      "",
      "x",
      "0.",
      "%E0%A4%A",
      "toywmg.short",
      `toywmg.${"A".repeat(33)}`,
      "A".repeat(4096),
    ]) {
      const forger = await person({ cookie: `session=${value}` })
      expect(await counted(() => forger.get("/other", document))).toBe(0)
    }
  })

  test("one for a page that reads, however many of its components do", async () => {
    const visitor = await signedIn()
    expect(await counted(() => visitor.get("/other", document))).toBe(1)
  })

  test("one for a page that reads with a flash waiting", async () => {
    const visitor = await signedIn()
    await call(visitor, ["flash", "success", "hello", { to: "/other" }])
    const read = async () => expect(await (await visitor.get("/other", document)).text()).toContain("hello")
    expect(await counted(read)).toBe(1)
  })

  test("two for a write: load and commit; one for the first; no write when nothing changed", async () => {
    const visitor = await person()
    expect(await counted(() => call(visitor, ["put", "count", 1]))).toBe(1)
    expect(await counted(() => call(visitor, ["put", "count", 2], ["flash", "success", "x"]))).toBe(2)
    expect(await counted(() => call(visitor, ["put", "count", 2]))).toBe(1)
    expect(await counted(() => visitor.put("/api/session"))).toBe(3)
  })

  test("two for signing in, two for signing out", async () => {
    const visitor = await signedIn()
    expect(
      await counted(() =>
        call(visitor, ["regenerate"], ["put", "visited", "ada"], ["flash", "success", "hi"]),
      ),
    ).toBe(2)
    expect(await counted(() => call(visitor, ["invalidate"], ["flash", "success", "bye"]))).toBe(2)
    expect(await counted(() => call(visitor, ["invalidate"]))).toBe(2)
  })

  for (const javaScript of [true, false]) {
    test(`an action that writes and redirects [${javaScript ? "JavaScript" : "no JavaScript"}]: two, and one for the page`, async ({
      browser,
    }) => {
      const { context, page, shown } = await open(browser, javaScript)
      await page.goto("/form?text=counted&redirect=/target&count=1")
      if (javaScript) await hydrated(page)
      await submit(page)
      await onPage(page, "target")
      await page.goto("/form?text=again&redirect=/target&count=1", { waitUntil: "networkidle" })
      servers.bridge.resetStats()
      await submit(page)
      await onPage(page, "target")
      await shown.once("again")
      expect(servers.bridge.stats().requests).toBe(3)
      await context.close()
    })
  }

  test("an action that stays: two in all, its page included", async ({ browser }) => {
    const { context, page, shown } = await open(browser, true)
    await page.goto("/form?text=first&count=1", { waitUntil: "networkidle" })
    await submit(page)
    await shown.once("first")
    await page.goto("/form?text=second&count=1", { waitUntil: "networkidle" })
    servers.bridge.resetStats()
    await submit(page)
    await shown.once("second")
    expect(servers.bridge.stats().requests).toBe(2)
    await context.close()
  })
})

test.describe("a Redis that fails", () => {
  const kinds = [
    "drop-before",
    "drop-after",
    "429",
    "503-json",
    "503-html",
    "200-html",
    "401",
    "hang",
    "slow-body",
  ]

  for (const kind of kinds) {
    test(`${kind}: an error, no cookie, nothing lost, nothing told`, async () => {
      const visitor = await signedIn()
      servers.bridge.setFaults({ kind })
      const responses = await Promise.all([
        visitor.get("/other", document),
        visitor.get("/api/session"),
        call(visitor, ["put", "count", 8]),
        call(visitor, ["invalidate"], ["put", "count", 9]),
        visitor.get("/other?greet=hello", document),
      ])
      for (const response of responses) {
        expect(response.status()).toBeGreaterThanOrEqual(500)
        expect(response.headers()["set-cookie"]).toBeUndefined()
        expect(await response.text()).not.toContain("UPSTASH")
      }
      servers.bridge.clearFaults()
      // What was sent and answered by nothing may have been carried out; nothing in between can be.
      const { data } = await (await visitor.get("/api/session")).json()
      expect(
        kind === "drop-after" || kind === "slow-body" ? [{}, { count: 7 }] : [{ count: 7 }],
      ).toContainEqual(data)
    })
  }

  test("failing once costs nobody anything", async () => {
    const visitor = await signedIn()
    for (const kind of ["drop-before", "drop-after", "429", "503-json", "503-html", "200-html"]) {
      servers.bridge.setFaults({ kind, times: 1 })
      expect((await visitor.get("/other", document)).status()).toBe(200)
      servers.bridge.setFaults({ kind, times: 1, skip: 1 })
      expect((await call(visitor, ["increment", "count"])).status()).toBe(200)
    }
    servers.bridge.clearFaults()
    expect(await (await visitor.get("/api/session")).json()).toMatchObject({ data: { count: 13 } })
  })

  test("slow is only slow", async () => {
    const visitor = await signedIn()
    servers.bridge.setFaults({ kind: "delay", milliseconds: 200 })
    expect((await visitor.get("/other", document)).status()).toBe(200)
  })

  test("renewing the lifetime waits until it answers again", async () => {
    const visitor = await signedIn()
    const [cookie] = (await visitor.storageState()).cookies
    const id = cookie?.value.split(".")[1] ?? ""
    // Written long ago, says the time in clear: a renewal is due.
    const headers = { cookie: `session=1.${id}`, accept: "text/html", "sec-fetch-dest": "document" }
    const stranger = await api.newContext({ baseURL: servers.origins[0] ?? "" })
    servers.bridge.setFaults({ kind: "503-html" })
    const page = await stranger.get("/static", { headers })
    expect([page.status(), page.headers()["set-cookie"]]).toEqual([200, undefined])
    servers.bridge.clearFaults()
    const renewed = await stranger.get("/static", { headers })
    expect(renewed.headers()["set-cookie"]).toContain(`.${id};`)
    expect(renewed.headers()["cache-control"]).toBe("private, no-store")
  })

  test("emptied, it signs people out cleanly, and they can sign in again", async () => {
    const visitor = await signedIn()
    const redis = createClient({ url: servers.redis.url })
    await redis.connect()
    await redis.flushAll()
    redis.destroy()
    expect(await (await visitor.get("/api/session")).json()).toEqual({ id: "", data: {} })
    expect((await visitor.get("/other", document)).status()).toBe(200)
    const { id } = await (await call(visitor, ["put", "count", 1])).json()
    expect(await (await visitor.get("/api/session")).json()).toEqual({ id, data: { count: 1 } })
  })
})

test("of many documents in flight exactly one shows the message", async () => {
  const visitor = await signedIn()
  await call(visitor, ["flash", "success", "only one of us", { to: "/other" }])
  const { cookies } = await visitor.storageState()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
  const pages = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const stranger = await person({ cookie })
      return (await stranger.get("/other", document)).text()
    }),
  )
  expect(pages.filter((html) => html.includes("only one of us"))).toHaveLength(1)
})

test("a request that worked on a session while it was signed out does not bring it back", async () => {
  const visitor = await signedIn()
  const { cookies } = await visitor.storageState()
  const late = await person({ cookie: `session=${cookies[0]?.value}` })
  servers.bridge.setFaults({ kind: "delay", milliseconds: 300, times: 1, skip: 1 })
  const [answer] = await Promise.all([
    call(late, ["put", "count", 99]),
    expect
      .poll(() => servers.bridge.stats().requests)
      .toBe(2)
      .then(() => call(visitor, ["invalidate"])),
  ])
  expect(answer.status()).toBe(500)
  expect(await answer.json()).toMatchObject({ code: "SESSION_GONE" })
  expect(answer.headers()["set-cookie"]).toBeUndefined()
  expect(await (await late.get("/api/session")).json()).toEqual({ id: "", data: {} })
})
