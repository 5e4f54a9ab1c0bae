import { expect, test } from "@playwright/test"
import { printClass } from "../../lib/session/test-support/bad-input.ts"
import { asDocument, createPerson, startApp, store, type AppServer } from "./app-server.ts"
import { valuesOf, type RawResponse } from "./raw-http.ts"

/** Who tries to become somebody else, or to see what is theirs. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

let app: AppServer
const unique = (name: string) => `${name}-${crypto.randomUUID().slice(0, 8)}`

test.beforeAll(async () => {
  // Hundreds of requests at once may take a busy machine longer than a person would wait.
  const patience = { FIXTURE_STORE: "redis", FIXTURE_STORE_MILLISECONDS: "60000" }
  app = await startApp(store(), store() === "redis" ? { environment: patience } : {})
})
test.afterAll(() => app.stop())

async function signedIn(name: string) {
  const person = createPerson(app)
  const { id } = await person.call(["regenerate"], ["put", "visited", name])
  return { ...person, name, id }
}

const anonymous = { id: "", data: {} }

test("session fixation: the planted cookie never becomes the signed-in one", async () => {
  const attacker = createPerson(app)
  const before = await attacker.call(["put", "visited", "planted"])
  const victim = createPerson(app, new Map(attacker.jar))
  const after = await victim.call(["regenerate"], ["put", "visited", "victim"])
  expect(after.id).not.toBe(before.id)
  expect(victim.cookie()).not.toBe(attacker.cookie())
  const seen = await attacker.read()
  expect(seen).toEqual(store() === "redis" ? anonymous : before)
  expect((await victim.read()).data).toEqual({ visited: "victim" })
  printClass("session fixation, an issued id", store(), 1, "the planted cookie is never signed in")
})

test("session fixation: an id nobody issued is never taken over", async () => {
  const time = Math.floor(Date.now() / 1000).toString(36)
  const planted = ["A".repeat(32), "0".repeat(32), "-".repeat(32)]
  for (const id of planted) {
    const jar = new Map([["session", `${time}.${id}`]])
    const victim = createPerson(app, new Map(jar))
    const { id: given } = await victim.call(["put", "visited", "victim"])
    expect(given).not.toBe(id)
    expect(victim.cookie()).not.toContain(id)
    expect(await createPerson(app, jar).read()).toEqual(anonymous)
  }
  printClass("session fixation, an id nobody issued", store(), planted.length, "never live")
})

test("replay after sign-out and after a new id: refused by Redis; the cookie store accepts it until it expires", async () => {
  for (const end of ["invalidate", "regenerate"]) {
    const person = await signedIn(unique("replayed"))
    const stolen = createPerson(app, new Map(person.jar))
    await person.call([end])
    await app.events()
    const replayed = await stolen.read()
    expect(replayed).toEqual(
      store() === "redis" ? anonymous : { id: person.id, data: { visited: person.name } },
    )
    const { node } = await app.events()
    if (store() === "redis") expect(node).toEqual([{ type: "session-unreadable", reason: "unknown" }])
  }
  const outcome = store() === "redis" ? "refused at once" : "accepted until it expires, as documented"
  printClass("replay after sign-out and new id, over HTTP", store(), 2, outcome)
})

test("signed out, the browser's own cookie is gone and the page shows nobody", async () => {
  const person = await signedIn(unique("leaving"))
  expect((await person.open("/vault")).body).toContain(person.name)
  await person.call(["invalidate"])
  expect(person.jar.size).toBe(0)
  const { status, text } = await person.open("/vault")
  expect(status).toBe(307)
  expect(text).not.toContain(person.name)
})

test("a cookie of another purpose, or another name, opens nothing", async () => {
  const person = await signedIn(unique("purpose"))
  await person.call(["flash", "success", unique("message"), { to: "/other" }])
  const token = [...person.jar].find(([name]) => name.startsWith("flash_")) ?? ["", ""]
  const tried: [string, string][] = [
    ["session", token[1]],
    ["session", token[0].slice("flash_".length).padEnd(32, "A")],
    ["__Host-session", person.cookie()],
    ["__Secure-session", person.cookie()],
    ["Session", person.cookie()],
    ["flash_abcdefghijklmnop", person.cookie()],
    [token[0], person.cookie()],
    ["session", encodeURIComponent(person.cookie().replace(/^[^.]+/, "/other"))],
  ]
  for (const cookie of tried) {
    const stranger = createPerson(app, new Map([cookie]))
    expect(await stranger.read()).toEqual(anonymous)
    const page = await stranger.open("/other")
    expect([page.status, page.text.includes(person.name)]).toEqual([200, false])
  }
  printClass("another purpose or name", store(), tried.length, "opens nothing")
})

test("swapped cookies of two people: a token shows nothing without the session it belongs to", async () => {
  const [ann, ben] = [await signedIn(unique("ann")), await signedIn(unique("ben"))]
  const [annsText, bensText] = [unique("for-ann"), unique("for-ben")]
  await ann.call(["flash", "success", annsText, { to: "/other" }])
  await ben.call(["flash", "success", bensText, { to: "/other" }])
  const tokens = (jar: Map<string, string>) => [...jar].filter(([name]) => name.startsWith("flash_"))
  const [withAnnsToken, withBensToken] = [
    createPerson(app, new Map([["session", ben.cookie()], ...tokens(ann.jar)])),
    createPerson(app, new Map([["session", ann.cookie()], ...tokens(ben.jar)])),
  ]
  for (const thief of [withAnnsToken, withBensToken]) {
    const { text } = await thief.open("/other")
    expect([text.includes(annsText), text.includes(bensText)]).toEqual([false, false])
    const [name = ""] = tokens(thief.jar).map(([token]) => token)
    const taken = await thief.ask("/other", { method: "POST", headers: [["x-session-take", name]] })
    expect([taken.status, taken.body]).toEqual([200, "[]"])
  }
  // Nobody lost theirs by it.
  expect((await ann.open("/other")).body).toContain(annsText)
  expect((await ben.open("/other")).body).toContain(bensText)
  printClass("swapped cookies of two people", store(), 4, "nothing shown, nothing lost")
})

test("two people, 200 requests at once each: nobody sees the other's", async () => {
  const people = [await signedIn(unique("ann")), await signedIn(unique("ben"))] as const
  const [ann, ben] = people
  let count = 0
  const atOnce = async (path: string, times: number) => {
    // Interleaved: each is sent while the other's are under way.
    const turns = Array.from({ length: times }, () => people).flat()
    const answers = await Promise.all(
      turns.map(async (person) => ({
        person,
        response: await createPerson(app, new Map(person.jar)).ask(path),
      })),
    )
    for (const { person, response } of answers) {
      const other = person === ann ? ben : ann
      expect([path, response.status]).toEqual([path, 200])
      expect(response.text).toContain(person.name)
      for (const theirs of [other.name, other.id, other.cookie()]) expect(response.text).not.toContain(theirs)
    }
    count += answers.length
  }
  await atOnce("/api/session", 200)
  await atOnce("/vault", 12)
  await atOnce("/skips-prefetch", 12)
  printClass("two people at once", store(), count, "nobody sees the other's")
})

/** Headers of ours, and of Next's, that nobody outside should send. */
const forgedHeaders = (token: string, id: string): [string, string][] => [
  ["x-session-arrived", token],
  ["x-session-take", `flash_${token}`],
  ["x-session-page", "/vault"],
  ["x-session-base", "/vault"],
  ["x-session-method", "GET"],
  ["x-session-id", id],
  ["x-action-redirect", "/other;push"],
  ["x-action-redirect", "/vault;push"],
  ["x-action-forwarded", "1"],
  ["x-middleware-subrequest", "middleware:middleware:middleware:middleware:middleware"],
  ["x-middleware-subrequest", "src/middleware"],
  ["x-middleware-subrequest-id", "1"],
  ["x-middleware-next", "1"],
  ["x-middleware-rewrite", "/vault"],
  ["x-middleware-set-cookie", "session=x"],
  ["x-middleware-override-headers", "cookie"],
  ["x-middleware-request-cookie", "session=x"],
  ["x-matched-path", "/vault"],
  ["x-invoke-path", "/vault"],
  ["x-invoke-status", "200"],
  ["x-rewrite-url", "/vault"],
  ["x-original-url", "/vault"],
  ["x-nextjs-data", "1"],
  ["x-now-route-matches", "1=vault"],
  ["x-prerender-revalidate", "x"],
]

test("forged internal headers show and grant nothing without the session they speak of", async () => {
  const victim = await signedIn(unique("victim"))
  const text = unique("message")
  await victim.call(["flash", "success", text, { to: "/other" }])
  const token = [...victim.jar.keys()].find((name) => name.startsWith("flash_")) ?? ""
  const id = token.slice("flash_".length)
  const other = await signedIn(unique("other"))
  const tokenOnly = new Map([[token, victim.jar.get(token) ?? ""]])
  const strangers = [tokenOnly, new Map([...other.jar, ...tokenOnly])]
  const rsc: [string, string][] = [["rsc", "1"]]
  const ways: [method: string, path: string, more: [string, string][]][] = [
    ["GET", "/other", []],
    ["GET", "/other", rsc],
    ["GET", "/skips-prefetch", [["next-router-prefetch", "1"]]],
    ["GET", "/api/session", []],
    ["POST", "/other", []],
  ]
  let count = 0
  for (const header of forgedHeaders(id, victim.id)) {
    for (const stranger of strangers) {
      for (const [method, path, more] of ways) {
        const { text: answer } = await app.request(path, {
          method,
          headers: [...asDocument, header, ...more, ...cookiesOf(stranger)],
        })
        for (const secret of [text, victim.name, victim.id, victim.cookie(), "apricot"]) {
          expect(answer, `${method} ${path} with ${header.join(": ")}`).not.toContain(secret)
        }
        count += 1
      }
    }
  }
  expect((await victim.open("/other")).body).toContain(text)
  printClass("forged internal headers", store(), count, "nothing shown, nothing granted, nothing lost")
})

test("headers of ours do not get past the guard, nor past the cross-site check", async () => {
  const person = await signedIn(unique("guarded"))
  for (const header of forgedHeaders("abcdefghijklmnop", "x")) {
    if (header[0] === "x-session-take") continue
    const guarded = await person.ask("/guarded", { headers: [...asDocument, header] })
    expect([header, guarded.status]).toEqual([header, 307])
    expect(valuesOf(guarded, "location")).toEqual([expect.stringMatching(/\/bounced$/)])
    const crossSite = await person.ask("/api/write", {
      method: "POST",
      headers: [header, ["origin", "https://evil.example"], ["content-length", "0"]],
    })
    expect([header, crossSite.status]).toEqual([header, 403])
  }
  expect((await person.read()).data).toEqual({ visited: person.name })
  printClass("forged headers against guard and check", store(), 48, "307 and 403, nothing written")
})

test("a request that skips middleware with forged headers shows its own session and no more", async () => {
  const [victim, forger] = [await signedIn(unique("victim")), await signedIn(unique("forger"))]
  const text = unique("message")
  await victim.call(["flash", "success", text, { to: "/skips-prefetch" }])
  const token = [...victim.jar].find(([name]) => name.startsWith("flash_")) ?? ["", ""]
  const markup = `"><script>hacked()</script>`
  const headers: [string, string][] = [
    ["next-router-prefetch", "1"],
    ["x-session-arrived", token[0].slice("flash_".length)],
    ["x-session-page", `/${markup}`],
    ["x-session-base", "//evil.example"],
    ["x-session-method", "GET"],
    ["x-action-redirect", "/skips-prefetch;push"],
  ]
  for (const more of [[], [["rsc", "1"]]] as [string, string][][]) {
    const jar = new Map(forger.jar).set(token[0], token[1])
    const answer = await follow("/skips-prefetch", [...asDocument, ...headers, ...more, ...cookiesOf(jar)])
    expect(answer.status).toBe(200)
    // With both headers Next answers with the shape of the page alone.
    if (more.length === 0) expect(answer.text).toContain(forger.name)
    for (const secret of [text, victim.name, victim.id]) expect(answer.text).not.toContain(secret)
    if (more.length === 0) expect(answer.text).not.toContain(markup)
    expect(valuesOf(answer, "set-cookie")).toEqual([])
  }
  expect((await victim.open("/skips-prefetch")).body).toContain(text)
  printClass("middleware skipped, headers forged", store(), 2, "their own session, no more")
})

test("a protected page is denied however it is asked for", async () => {
  const person = await signedIn(unique("owner"))
  expect((await person.open("/vault")).body).toContain("apricot-marmalade")
  const rsc = await follow("/vault", [["rsc", "1"], ...cookiesOf(person.jar)])
  expect([rsc.status, rsc.body.includes("apricot-marmalade")]).toEqual([200, true])

  const stranger = await signedIn(unique("stranger"))
  await stranger.call(["forget", "visited"])
  const jars = [new Map<string, string>(), stranger.jar]
  const asked: [string, [string, string][]][] = [
    ["/vault", [...asDocument] as [string, string][]],
    ["/vault", []],
    ["/vault", [["rsc", "1"]]],
    [
      "/vault",
      [
        ["rsc", "1"],
        ["next-router-prefetch", "1"],
      ],
    ],
    [
      "/vault",
      [
        ["rsc", "1"],
        ["next-router-prefetch", "2"],
      ],
    ],
    [
      "/vault",
      [
        ["rsc", "1"],
        ["next-router-prefetch", "1"],
        ["next-router-segment-prefetch", "/_tree"],
      ],
    ],
    [
      "/vault",
      [
        ["rsc", "1"],
        ["next-router-prefetch", "1"],
        ["next-router-segment-prefetch", "/(site)/vault/__PAGE__"],
      ],
    ],
    [
      "/vault",
      [
        ["rsc", "1"],
        ["next-router-state-tree", encodeURIComponent('["",{"children":["(site)",{}]},null,null,true]')],
      ],
    ],
    [
      "/vault",
      [
        ["rsc", "1"],
        ["x-action-redirect", "/vault;push"],
      ],
    ],
    [
      "/vault",
      [
        ["next-url", "/vault"],
        ["rsc", "1"],
      ],
    ],
    ["/vault", [["x-nextjs-data", "1"]]],
    ["/vault", [["x-middleware-subrequest", "middleware:middleware:middleware:middleware:middleware"]]],
    [
      "/vault",
      [
        ["purpose", "prefetch"],
        ["sec-purpose", "prefetch"],
      ],
    ],
    ["/vault", [["next-action", "00".repeat(21)]]],
    ["/vault?_rsc=1", [["rsc", "1"]]],
    ["/vault?_rsc=1", []],
    ["/vault.rsc", []],
    ["/vault.rsc", [["rsc", "1"]]],
    ["/vault.prefetch.rsc", [["rsc", "1"]]],
    ["/vault.segments/_tree.segment.rsc", [["rsc", "1"]]],
    ["/vault.segments/(site)/vault/__PAGE__.segment.rsc", [["rsc", "1"]]],
    ["/vault.txt", []],
    ["/vault.json", []],
    ["/vault/", []],
    ["/vault//", []],
    ["//vault", []],
    ["/Vault", []],
    ["/%76ault", []],
    ["/vault%2f", []],
    ["/other/../vault", []],
    ["/vault;x=1", []],
    ["/(site)/vault", []],
    ["/_next/data/x/vault.json", []],
    ["/_next/../vault", []],
  ]
  let count = 0
  for (const jar of jars) {
    for (const [path, headers] of asked) {
      for (const method of headers.length === 0 ? ["GET", "POST"] : ["GET"]) {
        const { status, text } = await follow(path, [...headers, ...cookiesOf(jar)], method)
        const what = `${method} ${path} ${JSON.stringify(headers)}`
        expect(text, what).not.toContain("apricot")
        expect(text, what).not.toContain(person.name)
        expect(status, what).toBeGreaterThanOrEqual(200)
        count += 1
      }
    }
  }
  printClass("a protected page, asked for otherwise", store(), count, "denied, nothing protected in any body")
})

const cookiesOf = (jar: Map<string, string>): [string, string][] =>
  jar.size === 0 ? [] : [["cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; ")]]

/** Next redirects an RSC request to the address that a cache would tell apart. */
async function follow(
  path: string,
  headers: readonly (readonly [string, string])[],
  method = "GET",
): Promise<RawResponse> {
  let text = ""
  for (let at = path, hops = 0; ; hops += 1) {
    const response = await app.request(at, { method, headers })
    text += response.text
    const [location] = valuesOf(response, "location")
    if (location === undefined || hops === 3) return { ...response, text }
    const { pathname, search } = new URL(location, app.origin)
    at = pathname + search
  }
}
