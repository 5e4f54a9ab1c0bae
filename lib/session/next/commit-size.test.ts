import { describe, expect, it } from "vitest"
import type { Json } from "../core/json"
import { createStore } from "../core/store"
import { cookieStore } from "../stores/cookie/cookie-store"
import { formFeedback } from "../forms/feedback"
import { readForm } from "../forms/read-form"
import { createPerson, redirectTo } from "../test-support/person"
import type { SessionEvent } from "../core/events"
import { MAX_COOKIE_BYTES } from "../core/limits"
import { cookieBytes } from "./cookies"

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"

function start() {
  const events: SessionEvent[] = []
  const onEvent = (event: SessionEvent) => void events.push(event)
  const options = { store: cookieStore({ secret: SECRET }), onEvent }
  return { events, options, visitor: createPerson(options) }
}

function formOf(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

const text = (length: number) => "x".repeat(length)
const bytes = (value: Json) => new TextEncoder().encode(JSON.stringify(value)).length

describe("the size of the session cookie", () => {
  it("is checked before anything changes: the error names the largest key", async () => {
    const { options, visitor } = start()
    await visitor.act((session) => session.put("small", 1))
    const before = new Map(visitor.jar)
    const act = visitor.act((session) => {
      session.put("cart", text(3500))
      session.put("name", text(50))
      session.flash("notice", "x")
    }, redirectTo("/a"))
    await expect(act).rejects.toMatchObject({ name: "SessionError", code: "SESSION_TOO_LARGE" })
    await expect(act).rejects.toThrow('key "cart" (3502 bytes')
    expect(visitor.jar).toEqual(before)
    expect((await createPerson(options, before).open("/")).all()).toEqual({ small: 1 })
  })

  it("names the waiting flash when that is the largest", async () => {
    const { visitor } = start()
    const act = visitor.act((session) => session.flash("notice", text(3500)), redirectTo("/a"))
    await expect(act).rejects.toThrow('flash message "notice"')
    expect(visitor.jar.size).toBe(0)
  })

  it("names a key that a visitor chose on one line, in short", async () => {
    const { visitor } = start()
    const key = `\u001b[2J\n${"k".repeat(1000)}`
    const act = visitor.act((session) => session.put(key, text(3500)))
    await expect(act).rejects.toThrow(`key "\\u{1b}[2J\\u{a}${"k".repeat(75)}…"`)
    const flashed = visitor.act((session) => session.flash(key, text(3500)), redirectTo("/a"))
    await expect(flashed).rejects.toThrow(`flash message "\\u{1b}[2J\\u{a}kk`)
    const refused = visitor.act((session) => session.put(key, undefined as never))
    await expect(refused).rejects.toThrow(`put("\\u{1b}[2J\\u{a}kk`)
  })

  it("never repeats a value in the error", async () => {
    const { visitor } = start()
    const act = visitor.act((session) => session.put("cart", `marmalade${text(3500)}`))
    await expect(act).rejects.toThrow(expect.not.stringContaining("marmalade") as unknown as Error)
  })

  it("touches no store before: a store with a long cookie value saves and destroys nothing", async () => {
    const calls: string[] = []
    const store = createStore({
      load: () => undefined,
      save: () => void calls.push("save"),
      destroy: () => void calls.push("destroy"),
      gc() {},
      cookieValue: () => "x".repeat(5000),
    })
    await expect(createPerson({ store }).act((session) => session.put("a", 1))).rejects.toMatchObject({
      code: "SESSION_TOO_LARGE",
    })
    expect(calls).toEqual([])
  })

  it("goes up to 4,096 bytes of Set-Cookie and no further", async () => {
    const { visitor } = start()
    let fits = 0
    for (let size = 2000; size < 4000; size += 8) {
      const result = await visitor.act((session) => session.put("a", text(size))).catch(() => undefined)
      if (result === undefined) break
      fits = cookieBytes(result.cookies[0]!)
    }
    expect(fits).toBeLessThanOrEqual(MAX_COOKIE_BYTES)
    expect(fits).toBeGreaterThan(MAX_COOKIE_BYTES - 64)
  })

  const form = (old: [string, string[]][]) => ({
    bag: "",
    old,
    errors: [["email", ["Not an email"]]] as [string, string[]][],
  })

  it("gives up old input first, keeps the errors and tells which fields", async () => {
    const { events, visitor } = start()
    await visitor.act((session, actor) => {
      session.put("userId", "7")
      actor.flashForm(
        form([
          ["bio", [text(5000)]],
          ["email", ["x"]],
        ]),
      )
    }, redirectTo("/form"))
    expect(events).toEqual([{ type: "old-input-trimmed", fields: ["bio"] }])
    const page = await visitor.open("/form")
    expect([page.error("email"), page.old("bio"), page.get("userId")]).toEqual(["Not an email", "", "7"])
    expect([page.old("email"), page.wasTrimmed()]).toEqual(["x", true])
  })

  it("trims ten thousand small fields in a few steps", async () => {
    const { visitor } = start()
    const fields = Array.from({ length: 10_000 }, (_, n): [string, string[]] => [`field${n}`, ["x"]])
    const { cookies } = await visitor.act((_, actor) => actor.flashForm(form(fields)), redirectTo("/form"))
    expect(cookies[0]?.value.length).toBeLessThan(4096)
    expect((await visitor.open("/form")).wasTrimmed()).toBe(true)
  })

  it("does not know what was ticked once that was trimmed, and still knows the rest", async () => {
    const { visitor } = start()
    const tags: [string, string[]] = ["tags[]", ["a".repeat(3000), "b".repeat(3000)]]
    await visitor.act((_, actor) => actor.flashForm(form([tags, ["news", ["on"]]])), redirectTo("/form"))
    const page = await visitor.open("/form")
    expect([page.oldAll("tags[]"), page.oldAll("news")]).toEqual([undefined, ["on"]])
  })

  it("gives up messages when nothing typed is left to give up, and keeps the first", async () => {
    const { events, visitor } = start()
    const errors = Array.from({ length: 300 }, (_, n): [string, string[]] => [
      `field${n}`,
      ["Use fewer letters"],
    ])
    await visitor.act((session, actor) => {
      session.put("userId", "7")
      actor.flashForm({ bag: "", old: [["bio", ["x"]]], errors })
    }, redirectTo("/form"))
    const page = await visitor.open("/form")
    expect([page.get("userId"), page.error("field0"), page.error("field299")]).toEqual([
      "7",
      "Use fewer letters",
      "",
    ])
    expect(events).toEqual([{ type: "old-input-trimmed", fields: ["bio"] }])
  })

  it.each([300, 2800, 4000, 10_000])("has room for the way to a page of %i characters", async (length) => {
    const { visitor } = start()
    const page = `/${text(length)}`
    await visitor.act((_, actor) => actor.flashForm(form([["email", ["x"]]])), redirectTo(page))
    for (const path of [`/${text(length - 1)}`, "/"]) {
      expect((await visitor.open(path)).error("email")).toBe("")
    }
    const back = await visitor.open(page)
    expect([back.error("email"), back.old("email")]).toEqual(["Not an email", "x"])
  })

  it("tells where nobody arrived, of a long path by a hash", async () => {
    let milliseconds = 1e12
    const events: SessionEvent[] = []
    const now = () => milliseconds
    const visitor = createPerson({
      store: cookieStore({ secret: SECRET, now }),
      now,
      onEvent: (event) => void events.push(event),
    })
    await visitor.act((session) => session.put("userId", "7"))
    for (const to of [`/${text(200)}`, `/${text(300)}`]) {
      await visitor.act((session) => session.flash("notice", "x"), redirectTo(to))
    }
    milliseconds += 301_000
    await visitor.act((session) => session.put("a", 1))
    expect(events).toEqual([
      { type: "flash-expired", to: `/${text(200)}`, keys: ["notice"] },
      { type: "flash-expired", to: expect.stringMatching(/^~\w+$/), keys: ["notice"] },
    ])
  })

  it("names no key for what many paths take", async () => {
    const { visitor } = start()
    const act = visitor.act((session) => {
      session.put("small", 1)
      for (let n = 0; n < 8; n += 1) {
        session.flash("notice", text(150), { to: `/${n}${text(250)}` })
      }
    })
    await expect(act).rejects.toThrow("Most of it is the paths that messages wait for")
  })

  it("tells once of a form that was too long for any store before, and then for the cookie", async () => {
    const { events, visitor } = start()
    const long = formFeedback(
      readForm(formOf({ story: text(40_000), bio: text(5000), title: "t" })),
      [["", "Wrong"]],
      {},
      (event) => events.push(event),
    )
    await visitor.act((_, actor) => actor.flashForm(long), redirectTo("/form"))
    expect(events).toEqual([{ type: "old-input-trimmed", fields: ["story"] }])
    const page = await visitor.open("/form")
    expect(["story", "bio", "title", "box"].map((name) => page.oldAll(name))).toEqual([
      undefined,
      undefined,
      ["t"],
      [],
    ])
  })

  it("lists a few of the names a visitor chose, and counts the others", async () => {
    const { events, visitor } = start()
    const names = Array.from({ length: 1000 }, (_, n): [string, string[]] => [`${n}`.padEnd(200, "n"), ["x"]])
    await visitor.act((_, actor) => actor.flashForm(form(names)), redirectTo("/form"))
    expect(events).toEqual([
      { type: "old-input-trimmed", fields: names.slice(0, 20).map(([name]) => name), more: 980 },
    ])
  })

  it("does not trim old input that fits", async () => {
    const { events, visitor } = start()
    await visitor.act((_, actor) => actor.flashForm(form([["bio", [text(500)]]])), redirectTo("/form"))
    expect(events).toEqual([])
    expect((await visitor.open("/form")).old("bio")).toHaveLength(500)
  })

  it("does not tell of trimming when the session is refused all the same", async () => {
    const { events, visitor } = start()
    const act = visitor.act((session, actor) => {
      session.put("cart", text(5000))
      actor.flashForm(form([["bio", ["x"]]]))
    }, redirectTo("/form"))
    await expect(act).rejects.toMatchObject({ code: "SESSION_TOO_LARGE" })
    expect(events).toEqual([])
  })
})

describe("2 KB of flash beside 300 bytes of data in a cookie", () => {
  /** Text whose JSON is exactly `size` bytes of UTF-8, made of `unit` as far as it goes. */
  function ofJsonBytes(unit: string, size: number): string {
    const each = bytes(unit) - 2
    const count = Math.floor((size - 2) / each)
    const whole = unit.repeat(count)
    return whole + "x".repeat(size - bytes(whole))
  }

  const data = { userId: "0123456789abcdef", cart: ofJsonBytes("item-42;", 300 - 37) }

  it.each([
    ["ASCII", "abcdefgh"],
    ["quotes", '"'],
    ["backslashes", "\\"],
    ["newlines", "\n"],
    ["markup", "<b onclick='x'>&amp;</b>"],
    ["umlauts", "äöüß"],
    ["Cyrillic", "жизнь"],
    ["Arabic", "مرحبا"],
    ["Chinese", "世界"],
    ["emoji", "🍪"],
    ["a family emoji", "👩‍👩‍👧‍👦"],
    ["lone surrogates", "\ud800"],
    ["control characters", "\u0000"],
    ["percent signs", "%E0%"],
  ])("carries %s unharmed", async (_, unit) => {
    const message = ofJsonBytes(unit, 2048)
    expect([bytes(message), bytes(data)]).toEqual([2048, 300])
    const { events, visitor } = start()
    const { cookies } = await visitor.act((session) => {
      for (const [key, value] of Object.entries(data)) session.put(key, value)
      session.flash("notice", message)
    }, redirectTo("/a-target-of-some-length"))
    expect(events).toEqual([])
    // Over https the cookie is longer by its prefix and "Secure".
    expect(
      cookieBytes({ ...cookies[0]!, name: `__Host-${cookies[0]!.name}`, secure: true }),
    ).toBeLessThanOrEqual(MAX_COOKIE_BYTES)
    const page = await visitor.open("/a-target-of-some-length")
    expect(page.getFlash("notice")).toBe(message)
    expect(page.all()).toEqual(data)
  })

  it("never fails for messages nobody came for: those that wait longest make room, and are reported", async () => {
    const { events, visitor } = start()
    await visitor.act((session) => session.put("userId", "7"))
    for (let post = 1; post <= 20; post += 1) {
      await visitor.act(
        (session) => session.flash("notice", `${post} ${"ж".repeat(200)}`),
        redirectTo(`/${post}`),
      )
      expect(
        [...visitor.jar].reduce((sum, [name, value]) => sum + name.length + value.length, 0),
      ).toBeLessThan(8192)
    }
    expect(events.length).toBeGreaterThan(10)
    expect(events[0]).toEqual({ type: "flash-expired", to: "/1", keys: ["notice"] })
    expect((await visitor.open("/20")).getFlash("notice")).toContain("20 ")
    expect((await visitor.open("/1")).get("userId")).toBe("7")
  })

  it("still fails for what does not fit alone", async () => {
    const { visitor } = start()
    await visitor.act((session) => session.flash("waiting", text(500)), redirectTo("/a"))
    const act = visitor.act((session) => session.flash("notice", text(5000)), redirectTo("/b"))
    await expect(act).rejects.toMatchObject({ code: "SESSION_TOO_LARGE" })
    expect((await visitor.open("/a")).getFlash("waiting")).toBe(text(500))
  })
})
