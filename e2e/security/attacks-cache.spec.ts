import { expect, test } from "@playwright/test"
import { printClass } from "../../lib/session/test-support/bad-input.ts"
import { asDocument, createPerson, startApp, store, type AppServer, type Person } from "./app-server.ts"
import { startNaiveCache } from "./naive-cache.ts"
import { send, valuesOf, type RawRequest } from "./raw-http.ts"

/** A shared cache in front of the app keeps nothing that belongs to one person. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

let app: AppServer
let cache: Awaited<ReturnType<typeof startNaiveCache>>

test.beforeAll(async () => {
  app = await startApp(store())
  cache = await startNaiveCache(app.origin)
})
test.afterAll(async () => {
  cache.close()
  await app.stop()
})

function visitor(jar?: Map<string, string>): Person {
  const request = (path: string, given: Omit<RawRequest, "path"> = {}) =>
    send(cache.origin, { path, ...given })
  return createPerson({ origin: cache.origin, request }, jar)
}

const rsc = [["rsc", "1"]] as const

/** Everything a person opens: pages, prerendered ones, route handlers, writes by middleware, RSC. */
const walk: readonly [path: string, headers: readonly (readonly [string, string])[]][] = [
  ["/", asDocument],
  ["/other", asDocument],
  ["/other", []],
  ["/other?_rsc=1", rsc],
  ["/other?greet=hello", asDocument],
  ["/static?greet=hello", asDocument],
  ["/static", asDocument],
  ["/static?greet=hello", []],
  ["/forced", asDocument],
  ["/prerendered", asDocument],
  ["/prerendered?greet=hello", asDocument],
  ["/vault", asDocument],
  ["/vault?_rsc=1", rsc],
  ["/skips-prefetch", asDocument],
  ["/form", asDocument],
  ["/guarded?why=because", asDocument],
  ["/greeted?text=hello", asDocument],
  ["/moved", asDocument],
  ["/api/write", []],
  ["/raw", asDocument],
  ["/raw?greet=hello", asDocument],
  ["/nowhere", asDocument],
  ["/nowhere?greet=hello", asDocument],
]

test("nobody gets another's page, message or cookie from it", async () => {
  const name = `ann-${crypto.randomUUID().slice(0, 8)}`
  const ann = visitor()
  const { id } = await ann.call(["regenerate"], ["put", "visited", name], ["put", "count", 471_147_114_711])
  const messages: string[] = []
  const seen = new Set([id, ann.cookie()])
  for (const [path, headers] of walk) {
    const message = `message-${crypto.randomUUID().slice(0, 8)}`
    messages.push(message)
    await ann.call(["flash", "success", message, { to: path.split("?")[0] }])
    for (let time = 0; time < 2; time += 1) {
      const answer = await ann.ask(path, { headers })
      const isOwn = valuesOf(answer, "set-cookie").length > 0
      const control = valuesOf(answer, "cache-control").join()
      expect([path, isOwn ? control : "private, no-store"]).toEqual([
        path,
        expect.stringMatching(/private.*no-store/),
      ])
      for (const cookie of [ann.cookie(), ...ann.jar.keys()]) if (cookie !== "session") seen.add(cookie)
    }
  }
  // An idle renewal, on a prerendered page too: the time in clear says it is due.
  const due = new Map(ann.jar).set("session", ann.cookie().replace(/^[^.]+/, "1"))
  for (const path of ["/static?renewal", "/prerendered?renewal", "/other?renewal"]) {
    const answer = await visitor(new Map(due)).open(path)
    const renewed = valuesOf(answer, "set-cookie").filter((cookie) => cookie.startsWith("session="))
    const control = valuesOf(answer, "cache-control")
    expect([path, renewed.length, control]).toEqual([path, 1, ["private, no-store"]])
    seen.add(/session=([^;]*)/.exec(renewed[0] ?? "")?.[1] ?? id)
  }

  let count = 0
  for (const other of [visitor(), await signedIn("ben")]) {
    for (const [path, headers] of walk) {
      const { text, headers: given } = await other.ask(path, { headers })
      const leaked = [name, "471147114711", ...messages, ...seen].find((secret) => text.includes(secret))
      expect([path, leaked]).toEqual([path, undefined])
      const isHit = given.some(([header, value]) => header === "x-cache" && value === "HIT")
      if (isHit) expect([path, given.filter(([header]) => header === "set-cookie")]).toEqual([path, []])
      count += 1
    }
  }
  // It does keep what it may.
  expect(cache.kept()).toContain("/static")
  printClass("a shared cache in front", store(), count, "nothing of one person's kept")
})

test("what a route handler answers inside withSession is not storable", async () => {
  const ann = visitor()
  await ann.call(["put", "count", 1])
  const unchanged = await ann.ask("/api/session", {
    method: "POST",
    headers: [["origin", cache.origin]],
    body: "[]",
  })
  expect([valuesOf(unchanged, "set-cookie"), valuesOf(unchanged, "cache-control")]).toEqual([
    [],
    ["private, no-store"],
  ])
})

test("a route handler that only reads with getSession has to say so itself: documented, and shown here", async () => {
  const ann = await signedIn("ann-who-is-leaked")
  const path = "/api/session?read-by-get-session"
  expect(valuesOf(await ann.ask(path), "cache-control")).toEqual([])
  // It also shows that this cache would have kept any of the above, had it been allowed to.
  expect((await visitor().ask(path)).body).toContain("ann-who-is-leaked")
})

async function signedIn(name: string): Promise<Person> {
  const person = visitor()
  await person.call(["regenerate"], ["put", "visited", name])
  return person
}
