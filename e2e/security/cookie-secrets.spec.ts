import { expect, test } from "@playwright/test"
import { printClass } from "../../lib/session/test-support/bad-input.ts"
import { asDocument, createPerson, SECRET as NEW, startApp, store, type AppServer } from "./app-server.ts"

/** Servers of one build with other secrets, as while a secret is rotated. Only the cookie store has one. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

const OLD = "old-9dKw2Lq8Zr5Xt1Bn6Vc3Ms7Hf4Gj0P"
const anonymous = { id: "", data: {} }

let before: AppServer
let during: AppServer
let after: AppServer

test.beforeAll(async () => {
  const secrets = [OLD, `${NEW},${OLD}`, NEW]
  ;[before, during, after] = (await Promise.all(secrets.map((secret) => startApp(store(), { secret })))) as [
    AppServer,
    AppServer,
    AppServer,
  ]
})
test.afterAll(() => Promise.all([before, during, after].map((app) => app.stop())))

test("rotation: the old secret still opens, a write seals with the new one, the removed one opens nothing", async () => {
  const jar = new Map<string, string>()
  const at = (app: AppServer) => createPerson(app, jar)
  const { id } = await at(before).call(["put", "visited", "ada"])
  const sealedByOld = new Map(jar)

  expect(await at(during).read()).toEqual({ id, data: { visited: "ada" } })
  expect((await createPerson(during, jar).open("/other?greet=hello")).status).toBe(200)
  await at(during).call(["put", "count", 1])
  expect(await at(after).read()).toEqual({ id, data: { visited: "ada", count: 1 } })
  expect((await at(after).open("/other")).body).toContain('data-testid="count">1<')

  await Promise.all([before, after].map((app) => app.events()))
  expect(await createPerson(after, new Map(sealedByOld)).read()).toEqual(anonymous)
  expect(await createPerson(before, new Map(jar)).read()).toEqual(anonymous)
  for (const app of [before, after]) {
    expect((await app.events()).node).toEqual([{ type: "session-unreadable", reason: "unsealed" }])
  }
  printClass("secret rotation and removal", store(), 6, "old opens, new seals, removed opens nothing")
})

test("a removed secret opens nothing in middleware on Edge either, and costs nobody a request", async () => {
  const jar = new Map<string, string>()
  await createPerson(before, jar).call(["put", "count", 7])
  await after.events()
  const answer = await createPerson(after, new Map(jar)).open("/other?greet=hello")
  expect([answer.status, answer.body.includes('data-testid="count">0<')]).toEqual([200, true])
  expect((await after.events()).edge).toEqual([{ type: "session-unreadable", reason: "unsealed" }])
})

test("a weak secret fails loudly at first use, and is told to nobody", async () => {
  const weak = await startApp(store(), { secret: "hunter2-hunter2-hunter2-hunter2-", serves: false })
  try {
    const headers = [...asDocument, ["cookie", "session=toywmg.x"]] as const
    const page = await weak.request("/other", { headers })
    expect(page.status).toBe(500)
    expect(page.text).not.toContain("hunter2")
    await expect.poll(() => weak.printed()).toContain("SESSION_SECRET_WEAK")
    expect(weak.printed()).toContain("openssl rand -base64 32")
    expect(weak.printed()).not.toContain("hunter2")
  } finally {
    await weak.stop()
  }
})
