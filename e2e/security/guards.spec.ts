import { expect, test } from "@playwright/test"
import { asDocument, createPerson, startApp, store, type AppServer, type Person } from "./app-server.ts"
import { valuesOf, type RawResponse } from "./raw-http.ts"

/** A guard written as a helper: what stands after it must not run for anybody the guard stops. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

type Headers = (readonly [string, string])[]

let app: AppServer
test.beforeAll(async () => {
  app = await startApp(store())
})
test.afterAll(() => app.stop())

const done = async () =>
  JSON.parse((await app.request("/api/guard/read", { method: "DELETE" })).body) as string[]
const workDone = async () => (await done()).filter((what) => what === "work").length
const location = (answer: RawResponse) => valuesOf(answer, "location")[0]
const path = (kind: string) => `/api/guard/${encodeURIComponent(kind)}`
const json: Headers = [["content-type", "application/json"]]
const form: Headers = [["content-type", "application/x-www-form-urlencoded"]]

async function post(
  person: Person,
  kind: string,
  headers: Headers = json,
  body = "name=x",
): Promise<RawResponse> {
  const own: Headers = [["origin", app.origin]]
  return person.ask(path(kind), { method: "POST", headers: [...own, ...headers], body })
}

async function signedIn(): Promise<Person> {
  const person = createPerson(app)
  await person.call(["put", "visited", "ada"])
  await workDone()
  return person
}

test("lets whoever may through, and gives the callback's value", async () => {
  const person = await signedIn()
  for (const kind of ["read", "redirect", "permanent", "missing", "nested"]) {
    expect([kind, (await post(person, kind)).body]).toEqual([kind, `{"given":"ada"}`])
  }
  expect(await workDone()).toBe(5)
})

test("another site's post ends the handler: 403, whatever stands after the callback", async () => {
  const person = await signedIn()
  for (const kind of ["read", "redirect", "nested", "beside", "validate", "back"]) {
    const answer = await person.ask(path(kind), {
      method: "POST",
      headers: [["origin", "https://evil.example"], ...form],
      body: "name=ada",
    })
    expect([kind, answer.status, valuesOf(answer, "set-cookie")]).toEqual([kind, 403, []])
  }
  expect(await workDone()).toBe(0)
})

test("redirect() and notFound() end it, from a helper, nested, beside another and in an action", async () => {
  const anonymous = createPerson(app)
  const ends: [kind: string, status: number, to: string | undefined][] = [
    ["redirect", 303, "/target"],
    ["nested", 303, "/target"],
    ["beside", 303, "/target"],
    ["in an action of its own", 303, "/target"],
    ["permanent", 308, "/target"],
    ["missing", 404, undefined],
  ]
  for (const [kind, status, to] of ends) {
    const answer = await post(anonymous, kind)
    expect([kind, answer.status, location(answer)]).toEqual([kind, status, to])
  }
  expect([...anonymous.jar]).toEqual([])
  expect(await workDone()).toBe(0)
})

test("a redirect carries the session's cookies", async () => {
  const person = createPerson(app)
  const answer = await post(person, "with a message")
  expect([answer.status, location(answer)]).toEqual([303, "/target"])
  expect([...person.jar.keys()].map((name) => name.slice(0, 6)).toSorted()).toEqual(["flash_", "sessio"])
  expect((await person.open("/target")).body).toContain("Please sign in first")
})

test("invalid input ends it: a form is sent back, code that posts is refused by name", async () => {
  const person = createPerson(app)
  const byForm = await post(person, "validate", [
    ...form,
    ["referer", `${app.origin}/form?x=1`],
    ...asDocument,
  ])
  expect([byForm.status, location(byForm)]).toEqual([303, "/form?x=1"])
  expect((await person.open("/form?x=1")).body).toContain("Use three letters or more")
  const byCode = await post(person, "validate", [...form, ["accept", "*/*"], ["sec-fetch-mode", "cors"]])
  expect(byCode.status).toBe(500)
  expect(app.printed()).toContain("SESSION_ROUTE_MISSING")
  expect((await post(person, "back", asDocument as Headers)).status).toBe(303)
  expect(await workDone()).toBe(0)
})

test("what an answer without cookies would lose is refused by name, and nothing is written", async () => {
  for (const kind of ["written, then missing", "written, then moved for good", "new id, then an error"]) {
    const person = await signedIn()
    const before = person.cookie()
    const method = kind.includes("moved") ? "GET" : "POST"
    const answer = await person.ask(path(kind), { method, headers: [["origin", app.origin], ...json] })
    // A store of its own has the entry, and the id in the cookie is still right.
    const isKept = store() === "redis" && kind !== "new id, then an error"
    expect([kind, answer.status]).toEqual([kind, isKept ? (method === "GET" ? 308 : 404) : 500])
    expect(valuesOf(answer, "set-cookie")).toEqual([])
    expect(person.cookie()).toBe(before)
    expect((await person.read()).data).toEqual({ visited: isKept ? "written" : "ada" })
  }
  if (store() !== "redis") expect(app.printed()).toContain("SESSION_COOKIES_NOT_SENT")
  expect(await workDone()).toBe(0)
})

test("what an earlier callback wrote is not lost in silence, nor kept by a cache", async () => {
  const person = await signedIn()
  const headers: Headers = [["origin", app.origin], ...json]
  const moved = await person.ask(path("written, then moved for good by another"), { headers })
  expect([moved.status, location(moved)]).toEqual([303, "/target"])
  expect((await person.read()).data).toEqual({ visited: "written" })

  const other = await signedIn()
  const missing = await other.ask(path("written, then missing by another"), { method: "POST", headers })
  const isKept = store() === "redis"
  expect([missing.status, valuesOf(missing, "set-cookie")]).toEqual([isKept ? 404 : 500, []])
  expect((await other.read()).data).toEqual({ visited: isKept ? "written" : "ada" })
  expect(await workDone()).toBe(0)
})

test("of two callbacks beside each other, one that signs in and redirects loses nothing", async () => {
  const person = createPerson(app)
  await person.call(["put", "visited", "anonymous"])
  const before = person.cookie()
  const answer = await post(person, "signs in beside another")
  expect([answer.status, location(answer)]).toEqual([303, "/target"])
  expect(person.cookie()).not.toBe(before)
  expect((await person.read()).data).toMatchObject({ visited: "ada" })
  expect((await person.open("/target")).body).toContain("Welcome back")
  expect(await workDone()).toBe(0)
})

test("a new id that no cookie can tell any more is refused, and nobody is signed out", async () => {
  for (const kind of ["new id too late", "new id, not awaited"]) {
    const person = await signedIn()
    const { id } = await person.read()
    expect((await post(person, kind)).body).toBe(`{"given":"answered"}`)
    const notes: string[] = []
    await expect.poll(async () => notes.push(...(await done()))).toBe(2)
    expect([kind, notes]).toEqual([kind, ["work", "SESSION_COMMIT_TOO_LATE"]])
    expect(await person.read()).toEqual({ id, data: { visited: "ada" } })
  }
})

test("written too late: kept where no cookie has to say so, else refused by name", async () => {
  const person = await signedIn()
  await post(person, "written too late")
  const notes: string[] = []
  await expect.poll(async () => notes.push(...(await done()))).toBe(2)
  const isKept = store() === "redis"
  expect(notes).toEqual(["work", isKept ? "written" : "SESSION_COMMIT_TOO_LATE"])
  expect((await person.read()).data).toEqual({ visited: "ada", ...(isKept && { count: 9 }) })
})

for (const how of [
  "by sessionRoute",
  "by its own withSession",
  "after a first chunk",
  "when it is asked for more",
]) {
  test(`a new id while the answer streams, ${how}, is refused, and nobody is signed out`, async () => {
    const person = await signedIn()
    const { id } = await person.read()
    const headers: Headers = [["origin", app.origin]]
    const answer = await person.ask(`/api/streams/${encodeURIComponent(how)}`, { method: "POST", headers })
    expect([answer.status, valuesOf(answer, "set-cookie")]).toEqual([200, []])
    expect(answer.body).toContain("streamed")
    expect(await done()).toEqual(["SESSION_COMMIT_TOO_LATE"])
    expect(await person.read()).toEqual({ id, data: { visited: "ada" } })
  })
}

test("on the Edge runtime a route handler writes as anywhere", async () => {
  const person = await signedIn()
  const { id } = await person.read()
  const headers: Headers = [["origin", app.origin]]
  const answer = await person.ask("/api/edge", { method: "POST", headers })
  expect([answer.status, answer.body]).toEqual([200, `{"count":1}`])
  const after = await person.read()
  expect(after.data).toEqual({ visited: "ada", count: 1 })
  expect(after.id).not.toBe(id)
})

test("a probe begins no session", async () => {
  const crawler: Headers = [
    ...(asDocument as Headers),
    ["accept-language", "en"],
    ["user-agent", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"],
  ]
  const head = await app.request("/api/write", { method: "HEAD" })
  const crawled = await app.request("/api/write", { headers: crawler })
  expect([head, crawled].map((answer) => valuesOf(answer, "set-cookie"))).toEqual([[], []])
})

test("what is written while a response streams is lost, and said so in production, too", async () => {
  const person = await signedIn()
  const answer = await person.ask(path("read"), { method: "PUT", headers: [["origin", app.origin]] })
  expect([answer.status, answer.body]).toEqual([200, "streamed"])
  expect((await person.read()).data).toEqual({ visited: "ada" })
  expect(app.printed()).toContain("SESSION_NOT_COMMITTED")
})

test("a post that had to come without its cookie replaces nobody's session", async () => {
  const person = await signedIn()
  const { id } = await person.read()
  const fromPartner: Headers = [
    ["origin", "https://trusted.example"],
    ["sec-fetch-site", "cross-site"],
    ["sec-fetch-mode", "navigate"],
    ["content-type", "application/json"],
  ]
  // The browser withholds the cookie: SameSite=Lax.
  const withheld = createPerson(app)
  const refused = await withheld.ask("/api/write", { method: "POST", headers: fromPartner })
  expect([refused.status, [...withheld.jar]]).toEqual([500, []])
  expect(app.printed()).toContain("SESSION_COOKIE_WITHHELD")
  // On purpose, as a sign-in provider's form_post does on a first visit.
  const first = createPerson(app)
  const body = JSON.stringify([["regenerate"], ["put", "visited", "new"]])
  expect((await first.ask("/api/session", { method: "POST", headers: fromPartner, body })).status).toBe(200)
  expect((await first.read()).data).toEqual({ visited: "new" })
  // Where the cookie comes along, nothing is different.
  expect((await person.ask("/api/write", { method: "POST", headers: fromPartner })).status).toBe(200)
  expect(await person.read()).toEqual({ id, data: { visited: "ada", count: 1 } })
})

test("what middleware writes is there for the route handler that writes next", async () => {
  const person = await signedIn()
  const { id } = await person.read()
  const answer = await person.ask("/api/session?greet=from-middleware", {
    method: "POST",
    headers: [["origin", app.origin], ...json],
    body: JSON.stringify([["put", "count", 4]]),
  })
  expect(JSON.parse(answer.body)).toEqual({ id, data: { visited: "ada", count: 4 } })
  expect((await person.open("/other")).body).toContain("from-middleware")
  expect(await person.read()).toEqual({ id, data: { visited: "ada", count: 4 } })
})
