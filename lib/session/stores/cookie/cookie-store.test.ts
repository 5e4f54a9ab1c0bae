import { sealData, unsealData } from "iron-session"
import fc from "fast-check"
import { describe, expect, it, vi } from "vitest"
import { expiryOf } from "../../core/lifetime"
import { randomSessionId } from "../../core/random-id"
import { openStore } from "../../core/store"
import { keysByHand, passwordByHand, sealByKeys, sealByPassword } from "../../test-support/seals-by-hand"
import { createClock } from "../../testing/clock"
import { storeSuite } from "../../testing/store-suite"
import { cookieStore } from "./cookie-store"

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"
const OLD_SECRET = "old-9dKw2Lq8Zr5Xt1Bn6Vc3Ms7Hf4Gj0P"
const OTHER_SECRET = "Yp3tE8uI1oA6sD9fG2hJ5kL7zX0cV4bN"

storeSuite({ name: "cookieStore", create: ({ now }) => cookieStore({ now, secret: SECRET }) })

const meta = { createdAt: 1_800_000_000, expiresAt: 9_999_999_999 }

const open = (secret: string | readonly string[]) => openStore(cookieStore({ secret }))
const sealWith = (secret: string | readonly string[], data = { n: 1 }) =>
  open(secret).cookieValue(randomSessionId(), data, {}, meta)

async function readWith(secret: string | readonly string[], cookie: string) {
  const reasons: string[] = []
  const loaded = await open(secret).load(cookie, (reason) => reasons.push(reason))
  return { loaded, reasons }
}

const refused = { loaded: undefined, reasons: ["unsealed"] }

describe("cookieStore secrets", () => {
  it("opens what an older secret of the list sealed, and seals with the newest", async () => {
    const old = await sealWith(OLD_SECRET)
    expect((await readWith([SECRET, OLD_SECRET], old)).loaded).toMatchObject({ data: { n: 1 } })

    const renewed = await sealWith([SECRET, OLD_SECRET])
    expect((await readWith(SECRET, renewed)).loaded).toMatchObject({ data: { n: 1 } })
    expect(await readWith(OLD_SECRET, renewed)).toEqual(refused)
  })

  it("finds the right secret whatever its place in the list", async () => {
    const cookie = await sealWith(OLD_SECRET)
    for (const list of [
      [OLD_SECRET, SECRET],
      [SECRET, OLD_SECRET],
      [OTHER_SECRET, SECRET, OLD_SECRET],
    ]) {
      expect((await readWith(list, cookie)).loaded).toBeDefined()
    }
  })

  it("no longer opens what a removed secret sealed", async () => {
    expect(await readWith(SECRET, await sealWith(OLD_SECRET))).toEqual(refused)
    expect(await readWith([SECRET, OTHER_SECRET], await sealWith(OLD_SECRET))).toEqual(refused)
  })

  it("reads SESSION_SECRET when none is given, several separated by commas", async () => {
    vi.stubEnv("SESSION_SECRET", ` ${SECRET} , ${OLD_SECRET},`)
    const store = openStore(cookieStore())
    expect(await store.load(await sealWith(OLD_SECRET), () => {})).toBeDefined()
    const cookie = await store.cookieValue(randomSessionId(), {}, {}, meta)
    expect((await readWith(SECRET, cookie)).loaded).toBeDefined()
  })

  it.each([
    ["SESSION_SECRET_MISSING", "", "no secret"],
    ["SESSION_SECRET_MISSING", " , ,", "nothing but commas"],
    ["SESSION_SECRET_WEAK", "short", "a short one"],
    ["SESSION_SECRET_WEAK", SECRET.slice(0, 31), "one character too few"],
    ["SESSION_SECRET_WEAK", "a".repeat(64), "one repeated character"],
    ["SESSION_SECRET_WEAK", `${SECRET},short`, "a weak one among good ones"],
  ])("refuses with %s at first use, not before: %j (%s)", async (code, secret) => {
    vi.stubEnv("SESSION_SECRET", secret)
    const store = openStore(cookieStore())
    await expect(store.load("anything", () => {})).rejects.toMatchObject({ name: "SessionError", code })
    await expect(store.cookieValue(randomSessionId(), {}, {}, meta)).rejects.toMatchObject({ code })
  })

  it("says in development, where the Edge runtime has none, who makes it", async () => {
    vi.stubEnv("SESSION_SECRET", "")
    vi.stubEnv("NODE_ENV", "development")
    vi.stubEnv("NEXT_RUNTIME", "edge")
    await expect(openStore(cookieStore()).load("anything", () => {})).rejects.toMatchObject({
      code: "SESSION_SECRET_MISSING",
      message: expect.stringContaining("when instrumentation.ts calls register()"),
    })
  })

  it("takes no other for a secret that was given, and is undefined", async () => {
    vi.stubEnv("SESSION_SECRET", SECRET)
    const store = openStore(cookieStore({ secret: process.env["SECRET_THAT_IS_NOT_SET"] }))
    await expect(store.load("anything", () => {})).rejects.toMatchObject({
      code: "SESSION_SECRET_MISSING",
      message: expect.stringContaining("environment variable that is not set"),
    })
  })

  it("says how to make a secret and never repeats the one it refused", async () => {
    const secret = "hunter2-hunter2"
    const error: Error = await sealWith(secret).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    )
    expect(error.message).toContain("openssl rand -base64 32")
    expect(error.message).not.toContain(secret)
  })

  it("recovers once the missing secret is there", async () => {
    vi.stubEnv("SESSION_SECRET", "")
    const store = openStore(cookieStore())
    await expect(store.load("anything", () => {})).rejects.toMatchObject({ code: "SESSION_SECRET_MISSING" })
    vi.stubEnv("SESSION_SECRET", SECRET)
    expect(await store.load(await sealWith(SECRET), () => {})).toBeDefined()
  })
})

describe("cookieStore seals", () => {
  const content = { id: randomSessionId(), ...meta, _data: { admin: true }, _flash: {} }

  it("refuses what the app sealed with the same secret for another purpose", async () => {
    const foreign = await sealData(content, { password: SECRET, ttl: 0 })
    expect(await unsealData(foreign, { password: SECRET, ttl: 0 })).toMatchObject({ _data: { admin: true } })
    expect(await readWith(SECRET, foreign)).toEqual(refused)
  })

  it("refuses it also when it names an id that our own seals name", async () => {
    const [id] = passwordByHand(SECRET)
    for (const foreign of [
      await sealByPassword(content, [id, SECRET]),
      await sealByKeys(content, { ...keysByHand(SECRET, ""), id: keysByHand(SECRET).id }),
    ]) {
      expect((await sealWith(SECRET)).split("*")[1]).toBe(keysByHand(SECRET).id)
      expect(await readWith(SECRET, foreign)).toEqual(refused)
    }
  })

  it("cannot be opened by iron-session with the bare secret", async () => {
    expect(await unsealData(await sealWith(SECRET), { password: SECRET, ttl: 0 })).toEqual({})
  })

  it.each([
    ["nothing of a session", {}],
    ["an id of the wrong shape", { ...content, id: "1" }],
    ["no expiry", { ...content, expiresAt: undefined }],
    ["an expiry that is text", { ...content, expiresAt: "9999999999" }],
    ["no creation", { ...content, createdAt: undefined }],
    ["a list", [content]],
    ["text", "text"],
    ["null", null],
  ])("refuses a seal of ours that holds %s", async (_, value) => {
    for (const seal of [
      (any: unknown) => sealByKeys(any, keysByHand(SECRET)),
      (any: unknown) => sealByPassword(any, passwordByHand(SECRET)),
    ]) {
      expect((await readWith(SECRET, await seal(content))).loaded).toMatchObject({ data: { admin: true } })
      expect(await readWith(SECRET, await seal(value))).toEqual(refused)
    }
  })

  it("shows neither data, flash nor id to whoever holds the cookie", async () => {
    const id = randomSessionId()
    const cookie = await open(SECRET).cookieValue(id, { word: "marmalade" }, { word: "apricot" }, meta)
    const readable = cookie.split("*").map((part) => part + Buffer.from(part, "base64url").toString("latin1"))
    for (const word of ["marmalade", "apricot", id, "_data"]) expect(readable.join("")).not.toContain(word)
  })

  it("never seals the same session to the same text", async () => {
    const id = randomSessionId()
    const seals = [1, 2, 3].map(() => open(SECRET).cookieValue(id, {}, {}, meta))
    expect(new Set(await Promise.all(seals)).size).toBe(3)
  })

  it("refuses every single-character change, whatever the new character", async () => {
    const cookie = await sealWith(SECRET)
    const accepted: string[] = []
    for (let at = 0; at < cookie.length; at += 3) {
      for (const character of ["A", "B", "0", "9", "-", "_", "*", "~", ".", "%", "=", "é", "\0", ""]) {
        const changed = cookie.slice(0, at) + character + cookie.slice(at + 1)
        if (changed === cookie) continue
        const result = await readWith(SECRET, changed)
        if (result.loaded !== undefined || result.reasons.join() !== "unsealed")
          accepted.push(`${at}: ${character}`)
      }
    }
    expect(accepted).toEqual([])
  })

  it("refuses a truncation at every offset, and says why", async () => {
    const cookie = await sealWith(SECRET)
    for (let length = 0; length < cookie.length; length += 1) {
      expect(await readWith(SECRET, cookie.slice(0, length))).toEqual(refused)
    }
  })

  // Nothing authenticates it.
  it("refuses text appended to a valid seal", async () => {
    const cookie = await sealWith(SECRET)
    for (const tail of ["x", ".5", "~x", "~2"]) expect(await readWith(SECRET, cookie + tail)).toEqual(refused)
  })

  it("refuses a seal made of the parts of two valid ones", async () => {
    const one = (await sealWith(SECRET, { n: 1 })).split("*")
    const two = (await sealWith(SECRET, { n: 2 })).split("*")
    for (let part = 2; part < one.length; part += 1) {
      if (one[part] === two[part]) continue
      expect(await readWith(SECRET, one.with(part, two[part] as string).join("*"))).toEqual(refused)
      const tail = [...one.slice(0, part), ...two.slice(part)]
      // The first three parts are the same in both.
      if (part > 3) expect(await readWith(SECRET, tail.join("*"))).toEqual(refused)
    }
  })

  it.each(["abc", "-1", "1e3", " ", "NaN", "99999999999999", "0"])(
    "refuses a seal whose expiry is %j",
    async (expiry) => {
      const cookie = (await sealWith(SECRET)).split("*").with(5, expiry).join("*")
      expect(await readWith(SECRET, cookie)).toEqual(refused)
    },
  )

  it("guards against an iron-session that throws for a malformed expiry", async () => {
    const password = { 1: SECRET }
    const seal = (await sealData({}, { password, ttl: 0 })).split("*").with(5, "abc").join("*")
    await expect(unsealData(seal, { password, ttl: 0 })).rejects.toThrow("Invalid expiration")
  })

  it("refuses any text at all", async () => {
    const store = open(SECRET)
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc
        .array(fc.string({ maxLength: 12 }), { minLength: 7, maxLength: 9 })
        .map((parts) => `Fe26.2*${parts.join("*")}~2`),
    )
    await fc.assert(
      fc.asyncProperty(text, async (value) => (await store.load(value, () => {})) === undefined),
      { numRuns: 1000 },
    )
  })
})

describe("cookieStore lifetime", () => {
  const lifetimes = { idleSeconds: 100, absoluteSeconds: 250, flashSeconds: 10 }

  it("enforces idle and absolute lifetimes by what is sealed, not by the cookie's Max-Age", async () => {
    const clock = createClock()
    const store = openStore(cookieStore({ secret: SECRET, now: clock.now }))
    const createdAt = clock.now() / 1000
    const id = randomSessionId()
    const issue = () =>
      store.cookieValue(
        id,
        {},
        {},
        { createdAt, expiresAt: expiryOf(createdAt, clock.now() / 1000, lifetimes) },
      )
    const isLive = async (cookie: string) => (await store.load(cookie, () => {})) !== undefined

    const first = await issue()
    clock.advance(99)
    expect(await isLive(first)).toBe(true)
    const second = await issue()
    clock.advance(1)
    expect(await isLive(first)).toBe(false)
    expect(await isLive(second)).toBe(true)
    clock.advance(98)
    const third = await issue()
    clock.advance(51)
    expect(await isLive(third)).toBe(true)
    clock.advance(1)
    expect(await isLive(third)).toBe(false)
  })

  it("says of an expired seal that it expired", async () => {
    const clock = createClock()
    const store = openStore(cookieStore({ secret: SECRET, now: clock.now }))
    const now = clock.now() / 1000
    const cookie = await store.cookieValue(randomSessionId(), {}, {}, { createdAt: now, expiresAt: now + 5 })
    clock.advance(5)
    const reasons: string[] = []
    expect(await store.load(cookie, (reason) => reasons.push(reason))).toBeUndefined()
    expect(reasons).toEqual(["expired"])
  })
})
