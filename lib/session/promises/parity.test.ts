import { describe, expect, it, vi } from "vitest"
import { commitSession } from "../next/commit-session"
import { resolveConfig } from "../next/config"
import { openSession, readRequestCookies } from "../next/open-session"
import { setup } from "../next/setup"
import { cookieStore } from "../stores/cookie/cookie-store"
import { memoryStore, type MemoryEntry } from "../stores/memory/memory-store"
import { createClock } from "../testing/clock"
import { answer, createPerson, redirectTo, rerender } from "../test-support/person"
import type { JsonObject } from "../core/json"
import { decodePayload, encodePayload } from "../core/payload"
import { randomSessionId } from "../core/random-id"
import { createActor } from "../core/actor"
import { emptySession } from "../core/empty-session"
import { newSessionState } from "../core/state"
import { createStore, openStore, type StoreCallbacks } from "../core/store"

/**
 * The 26 functions of the Gleam module glimr/session, each under its own name, then what upstream's
 * own tests pin down, then where this kit differs on purpose.
 */

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"

const freshActor = () =>
  createActor(
    newSessionState(randomSessionId(), 0),
    () => 0,
    () => {},
  )
const fresh = () => freshActor().session

function start(kind = "memory") {
  const clock = createClock()
  const entries = new Map<string, MemoryEntry>()
  const store =
    kind === "cookie"
      ? cookieStore({ secret: SECRET, now: clock.now })
      : memoryStore({ now: clock.now, entries })
  const options = { store, now: clock.now, idleSeconds: 1000, absoluteSeconds: 2000, flashSeconds: 60 }
  const meta = { createdAt: clock.now() / 1000, expiresAt: clock.now() / 1000 + 1000 }
  return { clock, entries, meta, options, store: openStore(store), visitor: createPerson(options) }
}

const glimr = [
  "setup",
  "empty",
  "get",
  "put",
  "has",
  "forget",
  "all",
  "id",
  "flash",
  "get_flash",
  "get_flash_or",
  "has_flash",
  "old",
  "error",
  "has_error",
  "regenerate",
  "invalidate",
  "new",
  "load",
  "save",
  "destroy",
  "gc",
  "cookie_value",
  "cookie_store",
  "encode_payload",
  "decode_payload",
] as const

describe("parity with glimr/session", () => {
  it("has a test for each of the 26 functions", ({ task }) => {
    const titles = task.suite?.tasks.map(({ name }) => /^`(\w+)`: /.exec(name)?.[1]) ?? []
    expect(glimr).toHaveLength(26)
    for (const name of glimr) expect(titles).toContain(name)
  })

  it("`setup`: returns the bound functions without needing an option, a secret or a request", () => {
    vi.stubEnv("SESSION_SECRET", "")
    const bound = setup()
    expect(Object.keys(bound)).toEqual(
      expect.arrayContaining([
        "getSession",
        "withSession",
        "sessionMiddleware",
        "validate",
        "back",
        "FlashMessages",
      ]),
    )
    expect(Object.values(bound).every((value) => typeof value === "function")).toBe(true)
  })

  it("`setup`: takes the cookie store by default and refuses wrong options at once", async () => {
    vi.stubEnv("SESSION_SECRET", SECRET)
    const visitor = createPerson({})
    await visitor.act((session) => session.put("a", 1))
    expect(visitor.jar.get("session")).toMatch(/^[0-9a-z]+\.Fe26\.2\*/)
    expect(() => setup({ idleSeconds: -1 })).toThrow(
      expect.objectContaining({ code: "SESSION_OPTIONS_INVALID" }),
    )
  })

  it("`empty`: reads nothing, ignores writes, and nothing throws", () => {
    const session = emptySession<JsonObject, JsonObject>()
    session.put("a", 1)
    session.flash("a", "x")
    session.forget("a")
    session.regenerate()
    session.invalidate()
    expect([session.get("a"), session.has("a"), session.all(), session.id]).toEqual([
      undefined,
      false,
      {},
      "",
    ])
    expect([session.getFlash("a"), session.getFlashOr("a"), session.hasFlash("a")]).toEqual([
      "",
      undefined,
      false,
    ])
  })

  it("`get`: undefined when missing; empty text, 0, false and null are values", () => {
    const session = fresh()
    expect(session.get("missing")).toBeUndefined()
    for (const value of ["", 0, false, null, [], {}]) {
      session.put("a", value)
      expect(session.get("a")).toEqual(value)
    }
  })

  it("`put`: is visible to the next read, in order", () => {
    const session = fresh()
    expect(session.put("a", 1)).toBeUndefined()
    expect(session.get("a")).toBe(1)
    session.put("a", 2)
    expect(session.get("a")).toBe(2)
  })

  it("`put`: refuses at once what JSON cannot carry, with the key's name", () => {
    const session = fresh()
    expect(() => session.put("cart", new Date() as never)).toThrow('put("cart")')
    expect(session.has("cart")).toBe(false)
  })

  it("`has`: is presence, not truthiness", () => {
    const session = fresh()
    for (const value of ["", 0, false, null]) {
      session.put("a", value)
      expect(session.has("a")).toBe(true)
    }
    expect(session.has("b")).toBe(false)
  })

  it("`forget`: removes, and removing what is not there is fine and writes nothing", async () => {
    const { entries, visitor } = start()
    await visitor.act((session) => {
      session.put("a", 1)
      session.put("b", 1)
    })
    const before = [...entries]
    expect((await visitor.act((session) => session.forget("missing"))).cookies).toEqual([])
    expect([...entries]).toEqual(before)
    expect((await visitor.act((session) => session.forget("a"))).plan.kind).toBe("write")
    expect((await visitor.open("/")).all()).toEqual({ b: 1 })
  })

  it("`all`: is a snapshot: later writes do not show in it, changing it changes nothing", () => {
    const session = fresh()
    session.put("list", [1])
    const all = session.all()
    session.put("b", 2)
    expect(all).toEqual({ list: [1] })
    ;(all.list as number[]).push(2)
    all.c = 3
    expect(session.all()).toEqual({ list: [1], b: 2 })
  })

  it("`id`: is opaque and random, and empty in a render before anything was stored", async () => {
    const ids = Array.from({ length: 1000 }, () => fresh().id)
    expect(new Set(ids).size).toBe(1000)
    // A tag of 4 characters, and 32 of 6 bits: 192 bits.
    expect(ids.every((id) => /^[\w-]{36}$/.test(id))).toBe(true)
    expect((await start().visitor.open("/")).id).toBe("")
  })

  for (const kind of ["cookie", "memory"]) {
    it(`\`id\`: is stable across requests with the ${kind} store`, async () => {
      const { visitor } = start(kind)
      const ids: string[] = []
      for (const n of [1, 2, 3]) {
        await visitor.act((session) => {
          session.put("n", n)
          ids.push(session.id)
        })
      }
      ids.push((await visitor.open("/")).id)
      expect(new Set(ids).size).toBe(1)
    })
  }

  it("`flash`: is delivered once, to the page the redirect leads to", async () => {
    const { visitor } = start()
    await visitor.act((session) => session.flash("success", "saved"), redirectTo("/a"))
    expect((await visitor.open("/other")).hasFlash("success")).toBe(false)
    expect((await visitor.open("/a")).getFlash("success")).toBe("saved")
    expect((await visitor.open("/a")).hasFlash("success")).toBe(false)
  })

  it("`flash`: goes where { to } says, whatever the response does", async () => {
    const { visitor } = start()
    await visitor.act((session) => session.flash("success", "saved", { to: "/b" }), redirectTo("/a"))
    expect((await visitor.open("/a")).hasFlash("success")).toBe(false)
    expect((await visitor.open("/b")).getFlash("success")).toBe("saved")
  })

  it("`get_flash`: is empty text when there is none", async () => {
    const { visitor } = start()
    await visitor.act((session) => session.flash("a", "x"), redirectTo("/a"))
    const page = await visitor.open("/a")
    expect([page.getFlash("a"), page.getFlash("missing")]).toEqual(["x", ""])
  })

  it("`get_flash_or`: undefined when none was set, so it differs from empty text", async () => {
    const { visitor } = start()
    await visitor.act((session) => session.flash("empty", ""), redirectTo("/a"))
    const page = await visitor.open("/a")
    expect([page.getFlashOr("empty"), page.getFlashOr("missing")]).toEqual(["", undefined])
  })

  it("`has_flash`: is presence, not truthiness", async () => {
    const { visitor } = start()
    await visitor.act((session) => {
      for (const [key, value] of Object.entries({ empty: "", zero: 0, no: false, nothing: null }))
        session.flash(key, value)
    }, redirectTo("/a"))
    const page = await visitor.open("/a")
    const keys = ["empty", "zero", "no", "nothing", "missing"]
    expect(keys.map((key) => page.hasFlash(key))).toEqual([true, true, true, true, false])
  })

  const feedback = {
    bag: "",
    old: [
      ["email", ["nobody"]],
      ["tags[]", ["a", "b"]],
    ] as [string, string[]][],
    errors: [
      ["email", ["Not an email", "Too short"]],
      ["", ["Try later"]],
    ] as [string, string[]][],
  }
  async function sentBack() {
    const { visitor } = start()
    await visitor.act((_, actor) => actor.flashForm(feedback), redirectTo("/form"))
    return { visitor, form: await visitor.open("/form") }
  }

  it("`old`: is what the person typed, empty when nothing, lists by oldAll, once", async () => {
    const { form, visitor } = await sentBack()
    expect([form.old("email"), form.old("missing")]).toEqual(["nobody", ""])
    expect([form.oldAll("tags[]"), form.oldAll("unticked")]).toEqual([["a", "b"], []])
    expect((await visitor.open("/form")).oldAll("unticked")).toBeUndefined()
  })

  it("`error`: is the field's first error, empty when none; errors is all of them", async () => {
    const { form, visitor } = await sentBack()
    expect([form.error("email"), form.error("name"), form.error()]).toEqual(["Not an email", "", "Try later"])
    expect(form.errors("email")).toEqual(["Not an email", "Too short"])
    expect((await visitor.open("/form")).errors()).toEqual([])
  })

  it("`has_error`: tells a field with an error from one without", async () => {
    const { form, visitor } = await sentBack()
    expect([form.hasError("email"), form.hasError("name"), form.hasError()]).toEqual([true, false, true])
    expect((await visitor.open("/form")).hasError()).toBe(false)
  })

  it("`regenerate`: takes a new id, keeps the data, and the old id is dead in the store", async () => {
    const { entries, options, store, visitor } = start()
    await visitor.act((session) => session.put("a", 1))
    const [oldId = ""] = [...entries.keys()]
    const oldJar = new Map(visitor.jar)
    await visitor.act((session) => session.regenerate())
    const page = await visitor.open("/")
    expect(page.id).not.toBe(oldId)
    expect(page.all()).toEqual({ a: 1 })
    expect(await store.load(oldId, () => {})).toBeUndefined()
    expect((await createPerson(options, oldJar).open("/")).all()).toEqual({})
  })

  it("`invalidate`: wipes data and flash, and the old id is dead in the store", async () => {
    const { options, visitor } = start()
    await visitor.act((session) => session.put("a", 1))
    await visitor.act((session) => session.flash("n", "x"), redirectTo("/a"))
    const oldJar = new Map(visitor.jar)
    await visitor.act((session) => session.invalidate(), redirectTo("/a"))
    for (const jar of [visitor.jar, oldJar]) {
      const page = await createPerson(options, jar).open("/a")
      expect([page.all(), page.hasFlash("n")]).toEqual([{}, false])
    }
  })

  it("`invalidate`: lets a flash written after it survive; with nothing after it the cookie is deleted", async () => {
    const { visitor } = start()
    await visitor.act((session) => session.put("a", 1))
    await visitor.act((session) => {
      session.invalidate()
      session.flash("bye", "You are signed out")
    }, redirectTo("/a"))
    expect((await visitor.open("/a")).getFlash("bye")).toBe("You are signed out")
    await visitor.act((session) => session.invalidate())
    expect(visitor.jar.has("session")).toBe(false)
  })

  it("`new`: makes a store of five callbacks, every one required", () => {
    const callbacks: StoreCallbacks = {
      load: () => undefined,
      save() {},
      destroy() {},
      gc() {},
      cookieValue: (id) => id,
    }
    expect(createStore(callbacks)).toBeDefined()
    for (const name of Object.keys(callbacks)) {
      expect(() => createStore({ ...callbacks, [name]: undefined } as never)).toThrow(name)
    }
  })

  it("`load`: is undefined for what is not live, and the kit then takes a fresh id, never the one sent", async () => {
    const { options, store } = start()
    const sent = randomSessionId()
    expect(await store.load(sent, () => {})).toBeUndefined()
    const visitor = createPerson(options, new Map([["session", `abc.${sent}`]]))
    await visitor.act((session) => session.put("a", 1))
    const { id } = await visitor.open("/")
    expect(id).toMatch(/^[\w-]{36}$/)
    expect(id).not.toBe(sent)
  })

  it("`load`: throws only when the backend could not answer, and that is never an empty session", async () => {
    const load = () => Promise.reject(new Error("down"))
    const store = createStore({ load, save() {}, destroy() {}, gc() {}, cookieValue: (id) => id })
    const visitor = createPerson({ store }, new Map([["session", "abc.x"]]))
    await expect(visitor.open("/")).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
  })

  it("`save`: gets the flash set now and what waits; what was delivered or expired is gone", async () => {
    const saved: JsonObject[] = []
    const { clock, options } = start()
    const { load, save, destroy, gc, cookieValue } = openStore(options.store)
    const store = createStore({
      load,
      destroy,
      gc,
      cookieValue,
      save: (id, data, flash, meta) => {
        saved.push(flash)
        return save(id, data, flash, meta)
      },
    })
    const visitor = createPerson({ ...options, store })
    const targets = () => Object.values(saved.at(-1) ?? {}).map((delivery) => (delivery as { to: string }).to)

    await visitor.act((session) => session.flash("n", "1"), redirectTo("/expired"))
    clock.advance(59)
    await visitor.act((session) => session.flash("n", "2"), redirectTo("/delivered"))
    await visitor.act((session) => session.flash("n", "3"), redirectTo("/waiting"))
    await visitor.open("/delivered")
    clock.advance(1)
    await visitor.act((session) => session.flash("n", "4"), redirectTo("/now"))
    expect(targets()).toEqual(["/waiting", "/now"])
  })

  it("`destroy`: removes the entry, and an unknown id is fine", async () => {
    const { meta, store } = start()
    const id = randomSessionId()
    await store.destroy(id)
    await store.save(id, { a: 1 }, {}, meta)
    await store.destroy(id)
    expect(await store.load(id, () => {})).toBeUndefined()
  })

  it("`gc`: removes what expired and keeps what is live", async () => {
    const { clock, entries, meta, store } = start()
    const live = randomSessionId()
    await store.save(randomSessionId(), {}, {}, { ...meta, expiresAt: meta.createdAt + 1 })
    await store.save(live, {}, {}, meta)
    clock.advance(1)
    await store.gc()
    expect([...entries.keys()]).toEqual([live])
  })

  it("`cookie_value`: is the sealed payload for the cookie store and the id for a server store", async () => {
    const { meta, store } = start("memory")
    const id = randomSessionId()
    expect(await store.cookieValue(id, { a: 1 }, {}, meta)).toBe(id)
    const sealed = await start("cookie").store.cookieValue(id, { a: 1 }, { b: 2 }, meta)
    expect(await start("cookie").store.load(sealed, () => {})).toMatchObject({
      id,
      data: { a: 1 },
      flash: { b: 2 },
    })
  })

  it("`cookie_store`: is encrypted and authenticated, not merely signed", async () => {
    const { meta, store } = start("cookie")
    const sealed = await store.cookieValue(randomSessionId(), { word: "marmalade" }, {}, meta)
    expect(sealed).toMatch(/^Fe26\.2\*/)
    for (const part of sealed.split("*")) {
      expect(part + Buffer.from(part, "base64url").toString("latin1")).not.toContain("marmalade")
    }
    expect(await store.load(sealed.replace(/.(?=~2$)/, "!"), () => {})).toBeUndefined()
  })

  it("`encode_payload`: is JSON with exactly _data and _flash, so that neither can shadow the other", () => {
    const json = encodePayload({ _flash: "data" }, { _data: "flash" })
    expect(JSON.parse(json)).toEqual({ _data: { _flash: "data" }, _flash: { _data: "flash" } })
  })

  it("`decode_payload`: gives empty maps for anything unparsable, and loads half a payload", () => {
    for (const json of ["", "{", "[]", "null", '{"_data":1}'])
      expect(decodePayload(json)).toEqual({ data: {}, flash: {} })
    expect(decodePayload('{"_data":{"a":1}}')).toEqual({ data: { a: 1 }, flash: {} })
    expect(decodePayload('{"_flash":{"b":2}}')).toEqual({ data: {}, flash: { b: 2 } })
    expect(Object.keys(decodePayload('{"_data":{"__proto__":1,"constructor":2}}').data)).toEqual([
      "__proto__",
      "constructor",
    ])
  })
})

describe.each(["cookie", "memory"])("pinned by upstream's tests, with the %s store", (kind) => {
  it("overwrites", async () => {
    const { visitor } = start(kind)
    for (const value of [1, "two", null]) await visitor.act((session) => session.put("a", value))
    expect((await visitor.open("/")).all()).toEqual({ a: null })
  })

  it("shows loaded flash, and not the flash set in this request", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => {
      session.flash("n", "x")
      expect(session.hasFlash("n")).toBe(false)
    }, redirectTo("/a"))
    expect((await visitor.open("/a")).getFlash("n")).toBe("x")
  })

  it("shows the flash of this request in the re-render of its own response, and never later (D2)", async () => {
    const { visitor } = start(kind)
    let readInTheRender = () => ""
    const { plan } = await visitor.act((session, actor) => {
      session.put("a", 1)
      session.flash("n", "x")
      readInTheRender = () => String(actor.reader.getFlash("n"))
    }, rerender)
    expect(plan.rendersFlash).toBe(true)
    expect(readInTheRender()).toBe("x")
    expect((await visitor.open("/")).hasFlash("n")).toBe(false)
  })
  it("starts clean", async () => {
    const { visitor } = start(kind)
    const { plan, cookies } = await visitor.act(() => {})
    expect([plan.kind, cookies]).toEqual(["nothing", []])
  })

  it("is made dirty by put, forget, flash, regenerate and invalidate", async () => {
    for (const verb of ["put", "forget", "flash", "regenerate", "invalidate"] as const) {
      const { visitor } = start(kind)
      await visitor.act((session) => session.put("a", 1))
      const { plan } = await visitor.act((session) => {
        if (verb === "put") session.put("a", 2)
        else if (verb === "forget") session.forget("a")
        else if (verb === "flash") session.flash("n", "x")
        else session[verb]()
      })
      expect([verb, plan.kind]).not.toEqual([verb, "nothing"])
    }
  })

  it("reads everything empty after invalidate, under another id", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    await visitor.act((session) => {
      const before = session.id
      session.invalidate()
      expect([session.all(), session.has("a"), session.hasFlash("n")]).toEqual([{}, false, false])
      expect(session.id).not.toBe(before)
    })
  })

  it("keeps the data after regenerate, under another id", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    await visitor.act((session) => {
      const before = session.id
      session.regenerate()
      expect(session.all()).toEqual({ a: 1 })
      expect(session.id).not.toBe(before)
    })
    expect((await visitor.open("/")).all()).toEqual({ a: 1 })
  })

  it("round-trips data and flash", async () => {
    const { visitor } = start(kind)
    const data = JSON.parse('{"__proto__":{"a":[1,null]},"ünï":"🍪","":""}') as JsonObject
    await visitor.act((session) => {
      for (const [key, value] of Object.entries(data)) {
        session.put(key, value)
        session.flash(key, value)
      }
    }, redirectTo("/a"))
    const page = await visitor.open("/a")
    expect(JSON.stringify(page.all())).toBe(JSON.stringify(data))
    for (const [key, value] of Object.entries(data))
      expect(JSON.stringify(page.getFlash(key))).toBe(JSON.stringify(value))
  })

  it("reads an expired entry as empty before anything was collected", async () => {
    const { clock, visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    clock.advance(1000)
    expect((await visitor.open("/")).all()).toEqual({})
  })
})

describe.each(["cookie", "memory"])("departures on purpose, with the %s store", (kind) => {
  it("sets no cookie for a visitor who stored nothing", async () => {
    const { entries, visitor } = start(kind)
    for (let visit = 0; visit < 3; visit += 1) {
      await visitor.open("/")
      expect((await visitor.act((session) => session.get("a"))).cookies).toEqual([])
    }
    expect([visitor.jar.size, entries.size]).toEqual([0, 0])
  })

  it("keeps a flash until it is delivered, not until the next request whatever it is", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => session.flash("n", "x"), redirectTo("/a"))
    for (const path of ["/b", "/c"]) expect((await visitor.open(path)).hasFlash("n")).toBe(false)
    await visitor.act((session) => session.put("a", 1))
    expect((await visitor.open("/a")).getFlash("n")).toBe("x")
  })

  it("dirties nothing by loading a flash", async () => {
    const { visitor } = start(kind)
    await visitor.act((session) => session.flash("n", "x"), redirectTo("/a"))
    await visitor.open("/a")
    expect((await visitor.act((session) => session.getFlash("n"))).cookies).toEqual([])
  })

  it("collects nothing by itself in a commit", async () => {
    const { options } = start(kind)
    const inner = openStore(options.store)
    let collected = 0
    const store = createStore({ ...inner, gc: () => void (collected += 1) })
    const visitor = createPerson({ ...options, store })
    for (let write = 0; write < 200; write += 1) await visitor.act((session) => session.put("n", write))
    expect(collected).toBe(0)
  })

  it("slides the record's lifetime and the cookie's together", async () => {
    const { clock, visitor } = start(kind)
    await visitor.act((session) => session.put("a", 1))
    clock.advance(900)
    const { cookies } = await visitor.act(() => {})
    expect(cookies.map((cookie) => cookie.maxAge)).toEqual([1000])
    clock.advance(999)
    expect((await visitor.open("/")).get("a")).toBe(1)
    clock.advance(1)
    expect((await visitor.open("/")).has("a")).toBe(false)
  })

  it("never shows one of 200 people another's session, all at once", async () => {
    const { options } = start(kind)
    const config = resolveConfig(options)
    const people = await Promise.all(
      Array.from({ length: 200 }, async (_, person) => {
        const visitor = createPerson(options)
        await visitor.act((session) => {
          session.put("person", person)
          session.flash("n", `for ${person}`)
        }, redirectTo("/a"))
        return { person, visitor }
      }),
    )
    await Promise.all(
      people.map(async ({ person, visitor }) => {
        const page = await visitor.open("/a")
        expect([page.get("person"), page.getFlash("n")]).toEqual([person, `for ${person}`])
      }),
    )
    const anonymous = readRequestCookies({ get: () => undefined, getAll: () => [] }, false, config)
    const actor = await openSession(config, anonymous, [], () => {})
    expect((await commitSession(config, actor, anonymous, answer(rerender))).cookies).toEqual([])
  })
})
