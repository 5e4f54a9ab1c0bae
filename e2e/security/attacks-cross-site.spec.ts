import { expect, test } from "@playwright/test"
import { printClass } from "../../lib/session/test-support/bad-input.ts"
import { createPerson, startApp, store, type AppServer, type Person } from "./app-server.ts"
import { valuesOf } from "./raw-http.ts"

/** Requests that another site's page makes a browser send. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

let app: AppServer
let person: Person
type Headers = [string, string][]

test.beforeAll(async () => {
  app = await startApp(store())
  person = createPerson(app)
  await person.call(["put", "count", 7])
})
test.afterAll(() => app.stop())
test.beforeEach(() => app.events())

const unsafe = ["POST", "PUT", "PATCH", "DELETE"]

const foreign = (): Headers[] => [
  [],
  [["origin", "null"]],
  [["origin", ""]],
  [["origin", "https://evil.example"]],
  [
    ["origin", "https://evil.example"],
    ["sec-fetch-site", "cross-site"],
  ],
  [
    ["origin", "https://evil.example"],
    ["sec-fetch-site", "none"],
  ],
  [
    ["origin", "null"],
    ["sec-fetch-site", "cross-site"],
  ],
  [
    ["origin", "http://sub.localhost"],
    ["sec-fetch-site", "same-site"],
  ],
  [["origin", "http://localhost:1"]],
  [["origin", `${app.origin}.evil.example`]],
  [["origin", `http://localhost@evil.example`]],
  [["origin", "https://trusted.example.evil.example"]],
  [["origin", "https://a.b.partner.example"]],
  [["origin", "https://partner.example"]],
  [
    ["origin", "https://evil.example"],
    ["referer", `${app.origin}/form`],
  ],
  // A page of our host over plain http, as the browser tells it.
  [
    ["origin", app.origin],
    ["sec-fetch-site", "cross-site"],
  ],
  // What Next takes for the mark of a server action.
  [
    ["origin", "https://evil.example"],
    ["sec-fetch-site", "cross-site"],
    ["next-action", "40".repeat(21)],
  ],
]

const ours = (): Headers[] => [
  [["origin", app.origin]],
  [
    ["origin", app.origin],
    ["sec-fetch-site", "same-origin"],
  ],
  [["sec-fetch-site", "same-origin"]],
  [
    ["origin", "null"],
    ["sec-fetch-site", "same-origin"],
  ],
  [["origin", "https://trusted.example"]],
  [
    ["origin", "https://trusted.example"],
    ["sec-fetch-site", "cross-site"],
  ],
  [
    ["origin", "https://a.partner.example"],
    ["sec-fetch-site", "cross-site"],
  ],
]

test("a route handler refuses them: 403, the callback does not run, no cookie, nothing changed", async () => {
  let count = 0
  for (const headers of foreign()) {
    for (const method of unsafe) {
      for (const body of ["", "text=x"]) {
        const type: Headers =
          body === "" ? [["content-length", "0"]] : [["content-type", "application/x-www-form-urlencoded"]]
        const answer = await person.ask("/api/write", { method, headers: [...headers, ...type], body })
        const what = `${method} ${JSON.stringify(headers)}`
        expect(answer.status, what).toBe(403)
        expect(valuesOf(answer, "set-cookie"), what).toEqual([])
        const { node, edge } = await app.events()
        expect([node, edge], what).toEqual([[{ type: "cross-site-refused", method }], []])
        count += 1
      }
    }
  }
  expect((await person.read()).data).toEqual({ count: 7 })
  printClass(
    "cross-site requests to a route handler",
    store(),
    count,
    "403, no cookie, nothing changed, one event each",
  )
})

test("no message is left, nobody is signed out, and old input of another site is not kept", async () => {
  const headers: Headers = [["origin", "https://evil.example"]]
  const fields = { text: "from elsewhere", error: "from elsewhere", name: "from elsewhere" }
  for (const path of ["/api/flash", "/api/back"]) {
    const answer = await person.post(path, fields, headers)
    expect([answer.status, valuesOf(answer, "cache-control")]).toEqual([403, ["private, no-store"]])
  }
  const signOut = { method: "POST", body: JSON.stringify([["invalidate"]]), headers }
  expect((await person.ask("/api/session", signOut)).status).toBe(403)
  expect((await person.read()).data).toEqual({ count: 7 })
  expect((await person.open("/form")).text).not.toContain("from elsewhere")
  expect([...person.jar.keys()]).toEqual(["session"])
})

test("the app's own pages and the listed origins may", async () => {
  let count = 7
  for (const headers of ours()) {
    for (const method of unsafe) {
      const answer = await person.ask("/api/write", {
        method,
        headers: [...headers, ["content-length", "0"]],
      })
      count += 1
      expect([method, headers, answer.status, answer.body]).toEqual([
        method,
        headers,
        200,
        `{"count":${count}}`,
      ])
    }
  }
  const { node } = await app.events()
  expect(node).toEqual([])
  printClass("same-origin and listed origins", store(), ours().length * unsafe.length, "carried out")
})

test("safe methods pass wherever they come from, as a sign-in provider's redirect does", async () => {
  const { data } = await person.read()
  const from: Headers[] = [
    [["origin", "https://evil.example"]],
    [["referer", "https://accounts.provider.example/consent"]],
    [
      ["sec-fetch-site", "cross-site"],
      ["sec-fetch-mode", "navigate"],
      ["sec-fetch-dest", "document"],
    ],
    [
      ["origin", "null"],
      ["sec-fetch-site", "cross-site"],
    ],
  ]
  for (const headers of from) expect((await person.ask("/api/write", { headers })).status).toBe(200)
  expect((await person.read()).data).toEqual({ count: Number(data.count) + from.length })
  printClass("GET from other sites", store(), from.length, "passes")
})

test("a server action is refused by Next itself", async () => {
  const { body } = await person.open("/form?count=1&redirect=/target")
  const [, id = ""] = /name="\$ACTION_ID_([0-9a-f]+)"/.exec(body) ?? []
  expect(id).toMatch(/^[0-9a-f]{40,}$/)
  const before = await person.read()
  const form = multipart({ [`$ACTION_ID_${id}`]: "", count: "1", text: "x" })
  const call = multipart({ "1_count": "1", "0": `["$K1"]` })
  const origins: Headers[] = [
    [["origin", "https://evil.example"]],
    [["origin", "null"]],
    [["origin", "http://localhost:1"]],
  ]
  for (const origin of origins) {
    for (const [headers, payload] of [
      [[], form],
      [[["next-action", id]], call],
    ] as [Headers, typeof form][]) {
      const answer = await person.ask("/form", {
        method: "POST",
        ...payload,
        headers: [...payload.headers, ...origin, ...headers],
      })
      expect(answer.status).toBe(500)
      expect(valuesOf(answer, "set-cookie")).toEqual([])
    }
  }
  expect(await person.read()).toEqual(before)
  const own = await person.ask("/form", {
    method: "POST",
    ...form,
    headers: [...form.headers, ["origin", app.origin]],
  })
  expect([own.status, (await person.read()).data.count]).toEqual([200, Number(before.data.count) + 1])
  printClass("cross-site server actions", store(), origins.length * 2, "refused by Next, nothing changed")
})

function multipart(fields: Record<string, string>) {
  const boundary = "----boundary"
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const headers: Headers = [
    ["content-type", `multipart/form-data; boundary=${boundary}`],
    ["accept", "text/html"],
  ]
  return { headers, body: `${parts.join("")}--${boundary}--\r\n` }
}
