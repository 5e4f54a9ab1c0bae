import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { SECRET, storeKinds, startsOf } from "../test-support/both-stores"
import { randomSessionId } from "../core/random-id"
import { openStore, type SessionStore } from "../core/store"
import { isCrossSite } from "../next/cross-site"
import { notStorable } from "../next/no-store"
import type { JsonObject } from "../core/json"
import {
  badInputClasses,
  badInputTitles,
  hostileKeys,
  notJson,
  printClass,
  sealsOf,
  SECURITY_SEED,
  type BadInputClass,
} from "../test-support/bad-input"
import { badCookieValues } from "../testing/bad-cookie-values"
import { redirectTo } from "../test-support/person"

/** Generous: a machine that builds at the same time is slow. */
const BOUND_MILLISECONDS = 1000

describe.each(storeKinds)("bad input: %s", (kind) => {
  const start = startsOf(kind)

  async function subject() {
    const started = start()
    const [one, two] = [started.visitor(), started.visitor()]
    for (const visitor of [one, two]) await visitor.act((session) => session.put("visited", "ada"))
    // The first look-up of a store sends its script's text besides.
    await one.open("/")
    const cookie = (visitor: typeof one) => visitor.jar.get("session") ?? ""
    return { ...started, one: cookie(one), two: cookie(two) }
  }

  const secret = kind === "cookie store" ? { secret: SECRET } : {}
  const classesFor = (one: string, two: string, cookieName = "session") =>
    badInputClasses({ cookieName, one, two, ...secret, seed: SECURITY_SEED })

  it.each(badInputTitles)("%s: anonymous, one reason each, no error", async (title) => {
    const { one, two, events, opener, requests } = await subject()
    const open = opener()
    const found = (await classesFor(one, two)).find(({ name }) => name.startsWith(title)) as BadInputClass
    const wrong: unknown[] = []
    let slowest = 0
    let unsendable = 0
    for (const { cookies, reasons } of found.inputs) {
      if (!isHeader(cookies)) {
        unsendable += 1
        continue
      }
      events.length = 0
      const before = requests()
      const started = performance.now()
      const actor = await open(cookies)
      slowest = Math.max(slowest, performance.now() - started)
      const { storedId, id, data } = actor.state()
      const isAnonymous = storedId === undefined && data.size === 0 && id === ""
      const isReported =
        events.length === reasons && events.every(({ type }) => type === "session-unreadable")
      if (!isAnonymous || !isReported || requests() - before > 1) {
        wrong.push({ cookies, storedId, events: [...events], requests: requests() - before })
      }
    }
    const outcome =
      wrong.length > 0
        ? `${wrong.length} WRONG`
        : `all anonymous, ${found.inputs[0]?.reasons === 0 ? "not even looked at" : "one reason each"}, no error` +
          (unsendable > 0 ? `, ${unsendable} no header can carry` : "")
    printClass(found.name, kind, found.inputs.length, outcome, slowest)
    expect(wrong.slice(0, 5)).toEqual([])
    expect(slowest).toBeLessThan(BOUND_MILLISECONDS)
    expect(found.inputs.length - unsendable).toBeGreaterThan(0)
  })

  it("no class is missing above", async () => {
    const { one, two } = await subject()
    const names = (await classesFor(one, two)).map(({ name }) => name.replace(/ \(seed.*/, ""))
    expect(names).toEqual(badInputTitles)
  })

  if (kind === "cookie store") {
    it("a seal made as the bad ones are, but with the right secret and purpose, opens", async () => {
      const { one, two, opener } = await subject()
      const { controls } = await sealsOf({ cookieName: "session", one, two, secret: SECRET, seed: 0 })
      for (const seal of controls) {
        const { reader } = await opener()([`session=toywmg.${seal}`])
        expect(reader.all()).toEqual({ visited: "ada" })
      }
    })
  }

  it("over https the name is __Host-session, and no other name is read", async () => {
    const { one, two, events, opener } = await subject()
    const open = opener(true)
    const cookieName = "__Host-session"
    expect((await open([`${cookieName}=${one}`])).reader.get("visited")).toBe("ada")
    const classes = await classesFor(one, two, cookieName)
    const tried = classes.filter(({ name }) => /^(empty|bare|duplicates|names that only)/.test(name))
    let count = 0
    for (const { cookies, reasons } of tried.flatMap(({ inputs }) => inputs)) {
      events.length = 0
      const { storedId } = (await open(cookies)).state()
      expect({ cookies, storedId, reported: events.length }).toEqual({
        cookies,
        storedId: undefined,
        reported: reasons,
      })
      count += 1
    }
    printClass("planted under another name, over https", kind, count, "all anonymous")
  })

  it("strings no header can carry: anonymous, one reason each, no error", async () => {
    const { events, one, visitor } = await subject()
    const [time = ""] = one.split(".")
    const odd = [
      "\r\n",
      "\0",
      "\n",
      "\ud800",
      "\udfff\ud800",
      `${one}\n`,
      `${one}\0`,
      `${one}\r\nset-cookie: a=b`,
    ]
    const values = [...badCookieValues.map(([, value]) => value), ...odd]
    for (const value of [...values, ...values.map((text) => `${time}.${text}`)]) {
      events.length = 0
      const page = await visitor(new Map([["session", value]])).open("/")
      expect({ value, id: page.id, data: page.all() }).toEqual({ value, id: "", data: {} })
      expect(events).toEqual([{ type: "session-unreadable", reason: expect.any(String) }])
    }
    printClass("strings no header can carry", kind, values.length * 2, "all anonymous, one reason each")
  })

  it("every bit of the clear time flipped: the same session or none, never an error", async () => {
    const { events, one, opener } = await subject()
    const open = opener()
    const [time = ""] = one.split(".")
    let count = 0
    for (let at = 0; at <= time.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        events.length = 0
        const flipped = String.fromCharCode(one.charCodeAt(at) ^ (1 << bit))
        const cookie = `session=${one.slice(0, at)}${flipped}${one.slice(at + 1)}`
        if (!isHeader([cookie])) continue
        const { reader } = await open([cookie])
        expect([
          ["ada", 0],
          [undefined, 1],
        ]).toContainEqual([reader.get("visited"), events.length])
        count += 1
      }
    }
    printClass("every bit of the clear time flipped", kind, count, "the same session or none")
  })

  it("a valid cookie beside a bad one of the same name: that session or none, never a mixture", async () => {
    const { events, one, two, opener } = await subject()
    const open = opener()
    const bad = ["", "x", "%", "A".repeat(5000), two.slice(0, -1)]
    let count = 0
    for (const other of bad) {
      for (const pair of [
        [one, other],
        [other, one],
      ]) {
        for (const cookies of [
          [pair.map((value) => `session=${value}`).join("; ")],
          pair.map((value) => `session=${value}`),
        ]) {
          events.length = 0
          const { reader } = await open(cookies)
          expect([
            ["ada", 0],
            [undefined, 1],
          ]).toContainEqual([reader.get("visited"), events.length])
          count += 1
        }
      }
    }
    printClass("a valid cookie beside a bad one", kind, count, "that session or none")
  })

  it("an id the visitor brought never becomes theirs", async () => {
    const { visitor } = await subject()
    const planted = ["A".repeat(32), "____________________------------", "0".repeat(32)]
    for (const id of planted) {
      const victim = visitor(new Map([["session", `toywmg.${id}`]]))
      await victim.act((session) => {
        expect(session.id).not.toBe(id)
        session.put("visited", "bob")
      })
      expect(victim.jar.get("session")).not.toContain(id)
      expect((await visitor(new Map([["session", `toywmg.${id}`]])).open("/")).all()).toEqual({})
    }
    printClass("an id we did not issue", kind, planted.length, "never live")
  })

  it("any Cookie header at all opens a session or none, without an error", async () => {
    const { one, opener } = await subject()
    const open = opener()
    const piece = fc.oneof(
      fc.constantFrom(
        "session",
        "=",
        ";",
        "; ",
        " ",
        "flash_abcdefghijklmnop",
        "%2F",
        "%",
        ",",
        one,
        one.slice(9),
      ),
      fc.string({ maxLength: 12 }),
    )
    const header = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(""))
    await fc.assert(
      fc.asyncProperty(header, async (cookie) => {
        const { reader } = await open([cookie])
        expect([undefined, "ada"]).toContain(reader.get("visited"))
      }),
      { numRuns: 2000, seed: SECURITY_SEED },
    )
    printClass("any Cookie header", kind, 2000, "a session or none, no error")
  })

  it("hostile names are plain data, as keys and as flash names", async () => {
    const { events, visitor } = await subject()
    const person = visitor()
    await person.act((session) => {
      for (const key of hostileKeys) {
        session.put(key, `data ${key}`)
        session.flash(key, `flash ${key}`)
      }
    }, redirectTo("/a"))
    const page = await person.open("/a")
    for (const key of hostileKeys) {
      expect([key, page.get(key), page.getFlash(key)]).toEqual([key, `data ${key}`, `flash ${key}`])
    }
    expect(Object.keys(page.all()).toSorted()).toEqual([...hostileKeys].toSorted())
    await person.act((session) => hostileKeys.forEach((key) => session.forget(key)))
    expect((await person.open("/b")).all()).toEqual({})
    const stranger = await visitor().open("/a")
    for (const key of hostileKeys)
      expect([stranger.get(key), stranger.has(key), stranger.hasFlash(key)]).toEqual([
        undefined,
        false,
        false,
      ])
    for (const name of ["admin", "visited"]) expect(({} as JsonObject)[name]).toBeUndefined()
    expect(events).toEqual([])
    printClass(
      "hostile names as keys and flash names",
      kind,
      hostileKeys.length * 2,
      "plain data, nothing polluted",
    )
  })

  it("what JSON cannot carry is refused by the key's name, and nothing is written", async () => {
    const { visitor, requests } = await subject()
    const person = visitor()
    await person.act((session) => session.put("kept", 1))
    const cookie = person.jar.get("session")
    for (const [, value] of notJson) {
      for (const verb of ["put", "flash", "now"] as const) {
        const before = requests()
        const refused = person.act((session) => session[verb]("the-key", { inside: [value] } as never))
        await expect(refused).rejects.toMatchObject({
          code: "SESSION_VALUE_NOT_JSON",
          message: expect.stringContaining(`${verb}("the-key")`),
        })
        expect(requests() - before).toBeLessThanOrEqual(1)
      }
    }
    expect(person.jar.get("session")).toBe(cookie)
    expect((await person.open("/")).all()).toEqual({ kept: 1 })
    printClass(
      "what JSON cannot carry, from the app's side",
      kind,
      notJson.length * 3,
      "refused by the key's name",
    )
  })

  it("10,000 keys and 64 KB from the app's side are kept or refused by name, never half", async () => {
    const { options, visitor } = await subject()
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key${at}`, at]))
    const big: JsonObject[] = [{ big: "x".repeat(65_536) }, { map: many }, { big: "🍪".repeat(16_384) }]
    for (const data of big) {
      const person = visitor()
      await person.act((session) => session.put("kept", 1))
      const written = person.act((session) => {
        for (const [key, value] of Object.entries(data)) session.put(key, value)
      })
      if (kind === "redis store") await written
      else {
        const message = expect.stringMatching(/key "(big|map)"/)
        await expect(written).rejects.toMatchObject({ code: "SESSION_TOO_LARGE", message })
      }
      const kept = (await person.open("/")).all()
      expect(kept).toEqual(kind === "redis store" ? { kept: 1, ...data } : { kept: 1 })
    }
    if (kind === "redis store") {
      const store = openStore(options.store as SessionStore)
      const [id, now] = [randomSessionId(), Math.floor(Date.now() / 1000)]
      await store.save(id, many, {}, { createdAt: now, expiresAt: now + 60 })
      expect((await store.load(id, () => {}))?.data).toEqual(many)
    }
    const outcome = kind === "redis store" ? "kept whole" : "refused by name, the old session intact"
    printClass("10,000 keys and 64 KB, from the app's side", kind, big.length, outcome)
  })

  it("says nothing of what it was sent, in any error or reason", async () => {
    const { events, one, opener } = await subject()
    await opener()([`session=${one.slice(0, -1)}`])
    const store = openStore(start().options.store as SessionStore)
    const reasons: string[] = []
    await store.load(one.slice(5, -2), (reason) => reasons.push(reason))
    for (const text of [JSON.stringify(events), reasons.join()]) expect(text).not.toContain(one.slice(10, 20))
  })
})

describe("paths that a visitor chooses", () => {
  it("are read in linear time, however many slashes they have", async () => {
    const { normalizePath, localPathAndQuery, withoutTrailingSlash } = await import("../core/path")
    const { refererAddress } = await import("../next/site")
    const { pageAt } = await import("../next/page")
    const long = "/".repeat(20_000)
    const started = performance.now()
    for (const path of [
      `/a${long}x`,
      `/a${long}`,
      `/a${"/.".repeat(20_000)}x`,
      `/${"%2e/".repeat(20_000)}`,
      `/a${"\\".repeat(20_000)}x`,
    ]) {
      for (const read of [normalizePath, localPathAndQuery, withoutTrailingSlash]) read(path)
      const headers = new Headers({ referer: `http://app.example${path}`, host: "app.example" })
      pageAt(refererAddress(headers, { hosts: ["app.example"], basePath: "" }))
    }
    expect(performance.now() - started).toBeLessThan(BOUND_MILLISECONDS)
    printClass("paths of 20,000 slashes", "paths", 5, "linear time")
  })
})

describe("a route handler's answer", () => {
  const answered = (value: Response, setsCookies: boolean) =>
    notStorable(value, setsCookies).headers.get("cache-control")
  const isPublic = () => new Response("x", { headers: { "cache-control": "public, max-age=60" } })

  it("is not storable, unless the app says so and no cookie is set", () => {
    expect(answered(new Response("x"), false)).toBe("private, no-store")
    expect(answered(new Response("x"), true)).toBe("private, no-store")
    expect(answered(isPublic(), true)).toBe("private, no-store")
    expect(answered(isPublic(), false)).toBe("public, max-age=60")
    expect(answered(Response.redirect("https://app.example/"), true)).toBe("private, no-store")
  })
})

describe("the cross-site check", () => {
  const check = (headers: Record<string, string>, allowed: readonly string[] = [], method = "POST") =>
    isCrossSite(method, new Headers({ host: "app.example", ...headers }), allowed)

  it.each<[boolean, string, Record<string, string>, string[]?]>([
    [false, "its own origin", { origin: "https://app.example" }],
    [
      false,
      "its own origin behind a proxy",
      { origin: "https://shop.example", "x-forwarded-host": "shop.example, inner" },
    ],
    [
      false,
      "what the browser calls same-origin, wherever a proxy says it is",
      { "sec-fetch-site": "same-origin", origin: "https://public.example" },
    ],
    [
      false,
      "a listed origin",
      { origin: "https://trusted.example", "sec-fetch-site": "cross-site" },
      ["trusted.example"],
    ],
    [false, "a listed wildcard", { origin: "https://a.partner.example" }, ["*.partner.example"]],
    [true, "no origin", {}],
    [true, "the origin null", { origin: "null" }],
    [true, "an empty origin", { origin: "" }],
    [true, "another site", { origin: "https://evil.example" }],
    [true, "a subdomain", { origin: "https://x.app.example", "sec-fetch-site": "same-site" }],
    [true, "another port", { origin: "https://app.example:8443" }],
    [true, "our name as a user's", { origin: "https://app.example@evil.example" }],
    [true, "our name as a prefix", { origin: "https://app.example.evil.example" }],
    [true, "a plain-http page of our host", { origin: "http://app.example", "sec-fetch-site": "cross-site" }],
    [
      true,
      "a deeper host than the wildcard's",
      { origin: "https://a.b.partner.example" },
      ["*.partner.example"],
    ],
    [true, "the wildcard's own domain", { origin: "https://partner.example" }, ["*.partner.example"]],
    [true, "two origins", { origin: "https://app.example https://evil.example" }],
    [
      true,
      "a listed name as a prefix",
      { origin: "https://trusted.example.evil.example" },
      ["trusted.example"],
    ],
    [true, "text", { origin: "app.example" }],
  ])("%s for %s", (refused, _, headers, allowed) => {
    expect(check(headers, allowed)).toBe(refused)
  })

  it("lets safe methods pass and no other, whatever case they have", () => {
    const foreign = { origin: "https://evil.example" }
    for (const method of ["GET", "HEAD", "OPTIONS"]) expect(check(foreign, [], method)).toBe(false)
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "get", "PROPFIND", ""]) {
      expect(check(foreign, [], method)).toBe(true)
    }
  })

  it("takes no Origin for ours that a browser would not send from our pages", () => {
    const origin = fc.oneof(
      fc.webUrl().map((url) => new URL(url).origin),
      fc.string(),
      fc.domain().map((host) => `https://${host}`),
      fc.string().map((text) => `https://app.example${text}`),
    )
    fc.assert(
      fc.property(
        origin.filter((text) => isHeader([text])),
        (text) => {
          const isOurs = URL.canParse(text.trim()) && new URL(text.trim()).host === "app.example"
          expect(check({ origin: text })).toBe(!isOurs)
        },
      ),
      { numRuns: 3000, seed: SECURITY_SEED },
    )
    printClass("Origin headers", "cross-site check", 3000, "only our own passes")
  })
})

function isHeader(cookies: readonly string[]): boolean {
  return cookies.every((cookie) => !/[\r\n\0]/.test(cookie))
}
