import { expect, test } from "@playwright/test"
import {
  badInputClasses,
  badInputTitles,
  printClass,
  SECURITY_SEED,
  type BadInput,
  type BadInputClass,
} from "../../lib/session/test-support/bad-input.ts"
import { asDocument, createPerson, SECRET, startApp, store, type AppServer } from "./app-server.ts"
import { valuesOf, type RawResponse } from "./raw-http.ts"

/** Every class of bad cookie, byte for byte over HTTP, against the production build. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

/** Generous: two cores serve, send and may build at the same time. */
const BOUND_MILLISECONDS = 3000
/** A class as large as "every bit flipped" is sampled; the whole of it runs against the functions. */
const MOST = 60

let app: AppServer
let classes: BadInputClass[]
let secrets: string[]

test.beforeAll(async () => {
  app = await startApp(store())
  const [one, two] = [createPerson(app), createPerson(app)]
  for (const person of [one, two]) await person.call(["put", "visited", "ada-of-the-session"])
  // The first look-up of a server sends the scripts' text besides.
  await one.open("/other")
  await one.open("/other?greet=x")
  const sealsWith = store() === "redis" ? {} : { secret: SECRET }
  classes = await badInputClasses({
    cookieName: "session",
    one: one.cookie(),
    two: two.cookie(),
    seed: SECURITY_SEED,
    ...sealsWith,
  })
  secrets = ["ada-of-the-session", one.cookie().slice(8, 40), two.cookie().slice(8, 40), SECRET]
})
test.afterAll(() => app.stop())

/** Where a request with a cookie can end: in a route handler, in a page, in middleware on Edge. */
const places = ["/api/session", "/other", "/other?greet=x"] as const

/** Node answers these itself: what is no header, and headers above 16 KB; or closes the connection over them. */
const isNodesOwn = ({ status }: RawResponse) => [400, 431, 0].includes(status)

for (const title of badInputTitles) {
  test(`${title}: anonymous over HTTP, one reason each, no 5xx, nothing echoed`, async () => {
    const found = classes.find(({ name }) => name.startsWith(title)) as BadInputClass
    const every = title === "a thousand random strings" ? 1 : Math.ceil(found.inputs.length / MOST) | 1
    const inputs = found.inputs.filter((_, at) => at % every === 0)
    const wrong: unknown[] = []
    let refusedByNode = 0
    let slowest = 0
    for (const [at, input] of inputs.entries()) {
      // The thousand go to one place each in turn, everything else to all of them.
      const targets =
        inputs.length > MOST ? places.filter((_, which) => which === at % places.length) : places
      for (const place of targets) {
        const { complaint, response } = await tryAt(place, input)
        slowest = Math.max(slowest, response.milliseconds)
        if (isNodesOwn(response)) refusedByNode += 1
        if (complaint !== undefined)
          wrong.push({ place, cookies: input.cookies, status: response.status, complaint })
      }
    }
    const nodes = refusedByNode > 0 ? `, ${refusedByNode} requests refused by Node (400, 431)` : ""
    const outcome =
      wrong.length > 0 ? `${wrong.length} WRONG` : `all anonymous, no 5xx, nothing echoed${nodes}`
    printClass(`${found.name}, over HTTP`, store(), inputs.length, outcome, slowest)
    expect(wrong.slice(0, 5)).toEqual([])
    expect(slowest).toBeLessThan(BOUND_MILLISECONDS)
  })
}

/** Sends one input to one place; says what is wrong with the answer. */
async function tryAt(place: (typeof places)[number], { cookies, reasons }: BadInput) {
  app.bridge?.resetStats()
  const headers = [
    ...(place === "/api/session" ? [] : asDocument),
    ...cookies.map((cookie) => ["cookie", cookie] as const),
  ]
  const response = await app.request(place, { headers })
  const requests = app.bridge?.stats().requests ?? 0
  const { node, edge } = await app.events()
  return { response, complaint: complaintOf() }

  function complaintOf(): string | undefined {
    for (const secret of secrets) if (response.text.includes(secret)) return "it shows another's session"
    if (isEchoed(response, cookies)) return "it echoes what was sent"
    if (isNodesOwn(response))
      return node.length + edge.length + requests > 0 ? "refused, and yet opened" : undefined
    if (response.status !== 200) return `status ${response.status}`
    const isEdge = place.includes("greet")
    const [own, others] = isEdge ? [edge, node] : [node, edge]
    // A renewal seems due: middleware looks as well.
    const looks = !isEdge && cookies.some(isWrittenLongAgo) ? 2 : 1
    if (own.length !== reasons || others.length > looks - 1) return `events ${JSON.stringify({ node, edge })}`
    if (own.some(({ type }) => type !== "session-unreadable")) return "another event"
    // The greeting makes a new session, which the page then reads: two requests more.
    if (requests > (isEdge ? 3 : looks)) return `${requests} requests to Redis`
    const set = valuesOf(response, "set-cookie").filter((cookie) => cookie.startsWith("session="))
    if (set.length !== (isEdge ? 1 : 0)) return `${set.length} session cookies set`
    if (place === "/api/session" && response.body !== '{"id":"","data":{}}')
      return `not anonymous: ${response.body}`
    if (place !== "/api/session" && !response.body.includes('data-testid="count">0<')) return "not anonymous"
    return undefined
  }
}

/** Says the part of the value that is in clear, and that nobody authenticates. */
function isWrittenLongAgo(cookie: string): boolean {
  const [, time = ""] = /=([0-9a-z]{1,8})\../.exec(cookie) ?? []
  return time !== "" && Number.parseInt(time, 36) < Date.now() / 1000 - 24 * 60 * 60
}

/** Short values occur in any page by chance. */
function isEchoed({ text }: RawResponse, cookies: readonly string[]): boolean {
  return cookies.some((cookie) => {
    const value = cookie.slice(cookie.indexOf("=") + 1)
    return (
      value.length >= 12 && (text.includes(value) || text.includes(Buffer.from(value, "latin1").toString()))
    )
  })
}

test("a time in clear of long ago: each of middleware and page looks once, and no cookie is set", async () => {
  const id = "A".repeat(32)
  for (const value of [`0.${id}`, `1.${id}`, "0.junk", `zz.${"x".repeat(300)}`]) {
    app.bridge?.resetStats()
    const response = await app.request("/other", { headers: [...asDocument, ["cookie", `session=${value}`]] })
    expect([response.status, valuesOf(response, "set-cookie")]).toEqual([200, []])
    const requests = app.bridge?.stats().requests ?? 0
    const { node, edge } = await app.events()
    expect([node.length, edge.length]).toEqual([1, 1])
    expect(requests).toBeLessThanOrEqual(2)
  }
  printClass("forged time in clear, over HTTP", store(), 4, "one look each by middleware and page")
})

test("a Referer of 15,000 slashes takes no time", async () => {
  const referer = `${app.origin}/a${"/".repeat(15_000)}x`
  for (const place of ["/other", "/api/session"]) {
    await app.request(place, { headers: [...asDocument, ["referer", `${app.origin}/`]] })
    const { status, milliseconds } = await app.request(place, {
      headers: [...asDocument, ["referer", referer]],
    })
    expect(status).toBe(200)
    expect(milliseconds).toBeLessThan(300)
  }
  printClass("a Referer of 15,000 slashes, over HTTP", store(), 2, "linear time")
})

test("after all of that the server serves its people as before", async () => {
  const person = createPerson(app)
  await person.call(["put", "visited", "bob"])
  expect((await person.read()).data).toEqual({ visited: "bob" })
  expect(app.printed()).not.toMatch(/Error|Unhandled/)
  for (const secret of secrets) expect(app.printed()).not.toContain(secret)
})
