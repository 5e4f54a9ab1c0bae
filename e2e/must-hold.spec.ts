import { readdirSync, readFileSync } from "node:fs"
import { expect, test, type APIRequestContext, type APIResponse } from "@playwright/test"

/** Browsers say where a post comes from; a request without that is refused. */
test.use({ extraHTTPHeaders: async ({ baseURL }, use) => use({ origin: baseURL ?? "" }) })

function setCookies(response: APIResponse): string[] {
  return response
    .headersArray()
    .filter(({ name }) => name.toLowerCase() === "set-cookie")
    .map(({ value }) => value)
}

function call(request: APIRequestContext, ...calls: unknown[][]): Promise<APIResponse> {
  return request.post("/api/session", { data: calls })
}

const document = { headers: { accept: "text/html", "sec-fetch-dest": "document" } }

test("a visitor who stored nothing gets no cookie, whatever is asked or undone", async ({ request }) => {
  expect(setCookies(await request.get("/other", document))).toEqual([])
  expect(setCookies(await request.get("/api/session"))).toEqual([])
  expect(setCookies(await call(request))).toEqual([])
  expect(setCookies(await call(request, ["put", "count", 1], ["forget", "count"]))).toEqual([])
  expect(setCookies(await call(request, ["regenerate"]))).toEqual([])
  expect(setCookies(await call(request, ["invalidate"]))).toEqual([])
})

test("an unchanged session is not rewritten", async ({ request }) => {
  expect(setCookies(await call(request, ["put", "count", 1]))).toHaveLength(1)
  expect(setCookies(await call(request))).toEqual([])
  expect(setCookies(await call(request, ["put", "count", 1]))).toEqual([])
  expect(setCookies(await call(request, ["put", "count", 2], ["put", "count", 1]))).toEqual([])
  expect(setCookies(await call(request, ["forget", "visited"]))).toEqual([])
  expect(setCookies(await request.get("/other", document))).toEqual([])
})

test("one commit per request, one Set-Cookie per name", async ({ request }) => {
  const response = await request.put("/api/session")
  expect(await response.json()).toEqual({ count: 14 })
  const names = setCookies(response).map((cookie) => cookie.split("=")[0])
  expect(names).toEqual(["session"])
})

test("the session cookie is HttpOnly, Lax, for every path, and not storable by a cache", async ({
  request,
}) => {
  const response = await call(request, ["put", "count", 1])
  const [cookie = ""] = setCookies(response)
  expect(cookie).toMatch(/; Path=\/;/)
  expect(cookie).toMatch(/; HttpOnly/)
  expect(cookie).toMatch(/; SameSite=lax/i)
  expect(cookie).not.toMatch(/; Secure/)
  expect(response.headers()["cache-control"]).toBe("private, no-store")
})

test("over https it is Secure and __Host-, and only that name is read", async ({ request }) => {
  const https = { "x-forwarded-proto": "https" }
  const response = await request.post("/api/session", { data: [["put", "count", 1]], headers: https })
  const [cookie = ""] = setCookies(response)
  expect(cookie).toMatch(/^__Host-session=/)
  expect(cookie).toMatch(/; Secure/)
  const bare = cookie.replace("__Host-", "").split(";")[0] ?? ""
  const planted = await request.get("/api/session", { headers: { ...https, cookie: bare } })
  expect(await planted.json()).toEqual({ id: "", data: {} })
})

test("the id is stable across requests, new after regenerate, and data is kept", async ({ request }) => {
  const { id } = await (await call(request, ["put", "count", 1])).json()
  expect(id).toMatch(/^[\w-]{36}$/)
  expect(await (await request.get("/api/session")).json()).toEqual({ id, data: { count: 1 } })
  const after = await (await call(request, ["regenerate"])).json()
  expect(after.id).not.toBe(id)
  expect(await (await request.get("/api/session")).json()).toEqual({ id: after.id, data: { count: 1 } })
})

test("invalidate with nothing after it deletes the cookie", async ({ request }) => {
  await call(request, ["put", "count", 1])
  const [cookie = ""] = setCookies(await call(request, ["invalidate"]))
  expect(cookie).toMatch(/^session=;.*Max-Age=0/)
  expect(await (await request.get("/api/session")).json()).toEqual({ id: "", data: {} })
})

test("an oversized session is refused by name, nothing is lost, the old cookie still works", async ({
  request,
}) => {
  const first = await (await call(request, ["put", "count", 7])).json()
  const refused = await call(
    request,
    ["put", "visited", "x"],
    ["put", "filler", "y".repeat(5000)],
    ["flash", "success", "no"],
  )
  expect(refused.status()).toBe(500)
  expect(setCookies(refused)).toEqual([])
  const { code, message } = await refused.json()
  expect(code).toBe("SESSION_TOO_LARGE")
  expect(message).toContain('"filler"')
  expect(message).not.toContain("yyy")
  expect(await (await request.get("/api/session")).json()).toEqual({ id: first.id, data: { count: 7 } })
})

test("writing in a server component throws an error that names the fix", async ({ page, context }) => {
  await page.goto("/mutates")
  const [throughReader, throughWithSession] = await page.getByRole("note").allTextContents()
  expect(throughReader).toContain("withSession(async (session) => session.put(…))")
  expect(throughReader).toContain("SESSION_READ_ONLY")
  expect(throughWithSession).toContain("write in a server action, route handler or middleware")
  expect(throughWithSession).toContain("SESSION_READ_ONLY")
  expect(await context.cookies()).toEqual([])
})

test("nothing but Set-Cookie contains the session cookie", async ({ request }) => {
  const response = await call(
    request,
    ["put", "filler", "needle-in-the-session"],
    ["flash", "success", "hello"],
  )
  const value =
    setCookies(response)[0]
      ?.split(";")[0]
      ?.replace(/^session=/, "") ?? ""
  expect(value.length).toBeGreaterThan(100)
  const following = await request.get("/other", document)
  for (const { name, value: header } of [...response.headersArray(), ...following.headersArray()]) {
    if (name.toLowerCase() !== "set-cookie") expect(header).not.toContain(value.slice(0, 60))
  }
  expect(await following.text()).not.toContain(value.slice(0, 60))
})

test("no server code reaches the client bundle", () => {
  const folder = new URL("fixture/.next/static", import.meta.url)
  const scripts = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".js"),
  )
  expect(scripts.length).toBeGreaterThan(3)
  for (const script of scripts) {
    const source = readFileSync(`${folder.pathname}/${script}`, "utf8")
    for (const secret of ["Fe26.2", "SESSION_SECRET", "next-session-kit/session/v1"]) {
      expect(source.includes(secret), `${script} contains ${secret}`).toBe(false)
    }
  }
})

test.describe("bad cookies give an anonymous session", () => {
  const bad = [
    "",
    "x",
    "Fe26.2",
    "%E0%A4%A",
    "a.b",
    "0.Fe26.2*1*a*b*c*d*e*f~2",
    "z".repeat(5000),
    '"quoted"',
    "toywmg.",
  ]
  for (const value of bad) {
    test(JSON.stringify(value.slice(0, 30)), async ({ request }) => {
      const response = await request.get("/api/session", { headers: { cookie: `session=${value}` } })
      expect(response.status()).toBe(200)
      expect(await response.json()).toEqual({ id: "", data: {} })
    })
  }
})
