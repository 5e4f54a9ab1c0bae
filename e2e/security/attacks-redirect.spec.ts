import { expect, test } from "@playwright/test"
import { bytesOf, printClass } from "../../lib/session/test-support/bad-input.ts"
import { createPerson, startApp, store, type AppServer } from "./app-server.ts"
import { valuesOf, type RawResponse } from "./raw-http.ts"

/** Whatever a request says, "back" stays on the site. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

let app: AppServer

test.beforeAll(async () => {
  app = await startApp(store())
})
test.afterAll(() => app.stop())

const away = () => [
  "https://evil.example",
  "https://evil.example/form",
  "HTTPS://EVIL.EXAMPLE",
  "//evil.example",
  "///evil.example",
  "////evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\\/evil.example",
  "//\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/%2e%2e//evil.example",
  "/%2e//evil.example",
  "https:evil.example",
  "https:/evil.example",
  "http:\\\\evil.example",
  "%2f%2fevil.example",
  "https%3A%2F%2Fevil.example",
  "//evil.example%2f..",
  `${app.origin}@evil.example/`,
  `${app.origin}.evil.example/`,
  `${app.origin}//evil.example`,
  `${app.origin}/\\evil.example`,
  "//user:pass@evil.example",
  "//localhost@evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "blob:https://evil.example/x",
  "ｈttps://evil.example",
  "//evil。example",
  "//[::1]/",
  "",
  "*",
  "#",
  "?next=//evil.example",
]

/** Where a browser would go. */
function staysHere(response: RawResponse): string | undefined {
  const locations = valuesOf(response, "location")
  if (locations.length !== 1) return `${locations.length} Locations, status ${response.status}`
  const [location = ""] = locations
  if (!/^\/(?![/\\])[!-~]*$/.test(location)) return `Location: ${location}`
  for (const base of [app.origin, `${app.origin}/deep/page`]) {
    if (new URL(location, base).origin !== app.origin) return `leads to ${location}`
  }
  return undefined
}

test("back from a route handler: Referer, hidden field and fallback", async () => {
  const wrong: unknown[] = []
  let count = 0
  for (const address of away()) {
    const tries: [Record<string, string>, [string, string][]][] = [
      [{ _back: address }, []],
      [{ fallback: address }, []],
      [{ _back: address, fallback: address, next: address, back: address }, []],
      [{ next: address, back: address, returnTo: address, redirect_uri: address }, []],
    ]
    if (!/[\r\n]/.test(address)) {
      tries.push([{}, [["referer", bytesOf(address)]]])
      tries.push([{ fallback: "/other" }, [["referer", `${app.origin}${bytesOf(address)}`]]])
      tries.push([
        {},
        [
          ["referer", bytesOf(address)],
          ["x-forwarded-host", "evil.example"],
        ],
      ])
      tries.push([
        { _back: address },
        [
          ["x-session-base", "//evil.example"],
          ["x-session-page", bytesOf(address)],
        ],
      ])
    }
    for (const [fields, headers] of tries) {
      const response = await createPerson(app).post("/api/back", fields, [
        ["origin", app.origin],
        ["sec-fetch-site", "same-origin"],
        ...headers,
      ])
      const complaint = response.status === 303 ? staysHere(response) : `status ${response.status}`
      if (complaint !== undefined) wrong.push({ address, fields, headers, complaint })
      count += 1
    }
  }
  expect(wrong).toEqual([])
  printClass("open redirect from a route handler", store(), count, "never leaves the site")
})

test("back from a server action: the page's own query, Referer and forged headers", async () => {
  const wrong: unknown[] = []
  let count = 0
  for (const address of away()) {
    const person = createPerson(app)
    const query = new URLSearchParams({ back: "1", next: address, returnTo: address })
    const page = await person.open(`/form?${query}`)
    const [, id = ""] = /name="\$ACTION_ID_([0-9a-f]+)"/.exec(page.body) ?? []
    const body = `--b\r\ncontent-disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--b\r\ncontent-disposition: form-data; name="back"\r\n\r\n1\r\n--b--\r\n`
    const forged: [string, string][] = /[\r\n]/.test(address)
      ? []
      : [
          ["referer", bytesOf(address)],
          ["x-session-page", bytesOf(address)],
          ["x-session-base", bytesOf(address)],
        ]
    const response = await person.ask(`/form?${query}`, {
      method: "POST",
      headers: [["content-type", "multipart/form-data; boundary=b"], ["origin", app.origin], ...forged],
      body,
    })
    const complaint = response.status === 303 ? staysHere(response) : `status ${response.status}`
    if (complaint !== undefined) wrong.push({ address, complaint })
    count += 1
  }
  expect(wrong).toEqual([])
  printClass("open redirect from a server action", store(), count, "never leaves the site")
})

test("an app's own redirect to what a visitor typed splits no response and breaks no request", async () => {
  const person = createPerson(app)
  const typed = [
    "/naïve ключ",
    "/a\r\nset-cookie: evil=1",
    "/a\r\n\r\n<script>alert(1)</script>",
    "/\0",
    "/🍪",
    "/\u2028",
    "/a b\tc",
  ]
  for (const redirect of typed) {
    const response = await person.post("/api/flash", { text: "x", redirect })
    expect([redirect, response.status, staysHere(response)]).toEqual([redirect, 303, undefined])
    expect(valuesOf(response, "set-cookie").filter((cookie) => /^(set-cookie|evil)/.test(cookie))).toEqual([])
    expect(response.body).toBe("")
  }
  printClass(
    "line breaks and other text in a redirect",
    store(),
    typed.length,
    "one Location, percent-encoded",
  )
})

test("middleware's redirects do not follow a forged host", async () => {
  for (const header of [
    ["x-forwarded-host", "evil.example"],
    ["forwarded", "host=evil.example"],
    ["x-host", "evil.example"],
  ] as const) {
    const response = await app.request("/guarded?why=x", {
      headers: [["accept", "text/html"], ["sec-fetch-dest", "document"], header],
    })
    const [location = ""] = valuesOf(response, "location")
    expect([response.status, new URL(location, app.origin).pathname]).toEqual([307, "/bounced"])
    expect(location).not.toContain("evil.example")
  }
})
