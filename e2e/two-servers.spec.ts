import { expect, request as api, test, type APIRequestContext } from "@playwright/test"
import type { MatrixCase } from "./case.ts"
import { redirect } from "./matrix/redirect.ts"
import { inPlace } from "./matrix/in-place.ts"
import { nobodyThere } from "./matrix/nobody-there.ts"
import { neverTwice } from "./matrix/never-twice.ts"
import { neverLost } from "./matrix/never-lost.ts"
import { startServers, type Servers } from "./redis-servers.ts"
import { documentsRead, Shown } from "./shown.ts"

/** Two app servers on one Redis, behind a proxy that gives each request to the next one. */
test.describe.configure({ mode: "serial" })

let servers: Servers

test.beforeAll(async () => {
  servers = await startServers(2)
})
test.afterAll(() => servers.stop())

const person = (origin: string, cookie?: string) =>
  api.newContext({
    baseURL: origin,
    extraHTTPHeaders: { origin, ...(cookie === undefined ? {} : { cookie }) },
  })
const call = (visitor: APIRequestContext, ...calls: unknown[][]) =>
  visitor.post("/api/session", { data: calls })

test("sign in on one, act on the other, sign out: dead on both", async () => {
  const [first = "", second = ""] = servers.origins
  const visitor = await person(first)
  await call(visitor, ["put", "visited", "anonymous"])
  const fixed = await cookieOf(visitor)
  const { id } = await (await call(visitor, ["regenerate"], ["put", "count", 1])).json()
  const cookie = await cookieOf(visitor)

  const elsewhere = await person(second, cookie)
  expect(await (await elsewhere.get("/api/session")).json()).toMatchObject({ id, data: { count: 1 } })
  expect(await (await call(elsewhere, ["increment", "count"])).json()).toMatchObject({ data: { count: 2 } })
  expect(await (await visitor.get("/api/session")).json()).toMatchObject({ data: { count: 2 } })

  await call(elsewhere, ["invalidate"], ["flash", "success", "signed out"])
  for (const origin of servers.origins) {
    for (const replayed of [fixed, cookie]) {
      const thief = await person(origin, replayed)
      expect(await (await thief.get("/api/session")).json()).toEqual({ id: "", data: {} })
    }
  }
})

const core: [string, readonly MatrixCase[], readonly string[]][] = [
  [
    "D1",
    redirect,
    [
      "action redirects to another page",
      "route handler redirects to another page",
      "target with query and hash",
      "two messages at once",
    ],
  ],
  ["D2", inPlace, ["action without redirect, not kept for later"]],
  ["D3", nobodyThere, ["background fetch of the target", "another tab on another page"]],
  ["D4", neverTwice, ["Back and Forward", "reload at once, and again"]],
  [
    "D5",
    neverLost,
    ["another request of the same person commits in between", "two messages waiting for two pages"],
  ],
]

for (const [clause, cases, names] of core) {
  for (const name of names) {
    for (const javaScript of [true, false]) {
      test(`${clause} ${name} [${javaScript ? "JavaScript" : "no JavaScript"}]`, async ({ browser }) => {
        const found = cases.find((candidate) => candidate.name === name)
        expect(found, `the matrix has a case "${name}"`).toBeDefined()
        const context = await browser.newContext({ javaScriptEnabled: javaScript, baseURL: servers.origin })
        const shown = await Shown.observe(context, javaScript)
        const page = await context.newPage()
        const text = `message ${crypto.randomUUID().slice(0, 8)}`
        await found?.run({
          context,
          page,
          shown,
          javaScript,
          text,
          exactlyOnce: true,
          byScripts: false,
          streams: false,
          base: "",
        })
        await Promise.all(context.pages().map(documentsRead))
        await context.close()
      })
    }
  }
}

test("one is killed under load: the other goes on, and nothing it acknowledged is lost", async () => {
  const visitor = await person(servers.origin)
  await call(visitor, ["put", "count", 0])
  const writers = await Promise.all(
    Array.from({ length: 10 }, async () => person(servers.origin, await cookieOf(visitor))),
  )
  let acknowledged = 0
  let refused = 0
  const write = async (writer: APIRequestContext) => {
    const answer = await call(writer, ["increment", "count"]).catch(() => undefined)
    if (answer?.ok()) acknowledged += 1
    else refused += 1
  }
  const load = writers.map(async (writer) => {
    for (let round = 0; round < 20; round += 1) await write(writer)
  })
  await expect.poll(() => acknowledged).toBeGreaterThan(20)
  await servers.kill(0)
  await Promise.all(load)

  expect(acknowledged).toBeGreaterThan(150)
  const { data } = await (await visitor.get("/api/session")).json()
  // A write whose server died before it could answer may have been carried out.
  expect(data.count).toBeGreaterThanOrEqual(acknowledged)
  expect(data.count).toBeLessThanOrEqual(acknowledged + refused)
})

async function cookieOf(visitor: APIRequestContext): Promise<string> {
  const { cookies } = await visitor.storageState()
  return `session=${cookies.find(({ name }) => name === "session")?.value}`
}
