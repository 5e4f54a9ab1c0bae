import { describe, expect, it } from "vitest"
import type { JsonObject } from "../core/json"
import { nextSessionId, randomSessionId } from "../core/random-id"
import { openStore, type SaveMeta, type SessionCommit, type SessionStore } from "../core/store"
import { atomicSuite, entriesOf } from "./atomic-suite"
import { badCookieValues } from "./bad-cookie-values"
import { createClock, type Clock } from "./clock"

export interface StoreSuiteOptions {
  /** How the store is called in the report. */
  name: string
  /** Makes an empty store that reads the time, in milliseconds since 1970, from `now` and nowhere else. */
  create(options: { now: () => number }): SessionStore | Promise<SessionStore>
  /** The store keeps sessions itself and puts only their id into the cookie. Default false. */
  serverSide?: boolean
  /** The store declares `take` and `commit`. Default false. */
  atomic?: boolean
  /** How many entries the store made last holds, expired ones included; lets `gc` be observed. */
  size?: () => number | Promise<number>
}

type OpenStore = ReturnType<typeof openStore>

const HOUR_SECONDS = 60 * 60

/** Ids that one session has, one after another. */
function idsOfOne() {
  const first = randomSessionId()
  const later = () => nextSessionId(first)
  return [first, later(), later(), later()] as const
}

/** JSON text, because in a literal `__proto__` would set the prototype. */
const hostileText = `{
  "__proto__": { "admin": true }, "constructor": "c", "prototype": [], "toString": 1, "hasOwnProperty": false,
  "_data": "d", "_flash": "f", "id": "i", "createdAt": 0, "expiresAt": 0, "data": null, "flash": {},
  "": "empty key", "with space": "\\u0000\\n\\t", "naïve ключ 鍵": "Grüße, мир, 世界, مرحبا", "🍪": "👩‍👩‍👧‍👦",
  "lone": "\\ud800", "markup": "<script>alert(1)</script>", "quotes": "\\"'\`\\\\",
  "emptyText": "", "nothing": null, "zero": 0, "no": false, "yes": true, "float": 0.1, "big": 9007199254740991,
  "emptyList": [], "emptyMap": {}, "list": [null, [], [[{}]], { "a": [1, "2"] }],
  "deep": { "a": { "b": { "c": { "__proto__": { "d": [false] } } } } }
}`

/**
 * What every store promises, as tests: `createStore` is the public contract, and any store, ours or
 * a stranger's, runs against this in its own test file. The title says which optional cases ran.
 */
export function storeSuite({
  name,
  create,
  serverSide = false,
  atomic = false,
  size,
}: StoreSuiteOptions): void {
  const server = serverSide ? "ran" : "NOT RUN, no serverSide: true"
  const atOnce = atomic ? "ran" : "NOT RUN, no atomic: true"
  const counted = size === undefined ? "NOT RUN, no size()" : "ran"

  /** A store, its clock and shorthands; each test has its own. */
  async function start() {
    // The real present, for stores whose backend also knows the time.
    const clock = createClock(Math.floor(Date.now() / 1000) * 1000)
    const store = openStore(await create({ now: clock.now }))
    return { clock, store, ...shorthands(store, clock) }
  }

  const optional = `server-side cases: ${server}; requests at once: ${atOnce}; counting gc: ${counted}`
  describe(`${name}: the store contract [${optional}]`, () => {
    describe("round trip", () => {
      it("gives back data and flash, hostile keys and all, exactly as saved", async () => {
        const { issue, read } = await start()
        const data = JSON.parse(hostileText) as JsonObject
        const flash = { a: JSON.parse(hostileText), __flash: "" } as JsonObject
        const loaded = await read(await issue({ data, flash }))
        expect(entriesOf(loaded?.data)).toEqual(entriesOf(data))
        expect(entriesOf(loaded?.flash)).toEqual(entriesOf(flash))
        expect(({} as { admin?: boolean }).admin).toBeUndefined()
      })

      it("keeps data and flash apart", async () => {
        const { issue, read } = await start()
        const loaded = await read(await issue({ data: { both: "data" }, flash: { both: "flash" } }))
        expect(loaded).toMatchObject({ data: { both: "data" }, flash: { both: "flash" } })
      })

      it("gives back a session that holds nothing as one that holds nothing", async () => {
        const { issue, read } = await start()
        expect(await read(await issue({}))).toMatchObject({ data: {}, flash: {} })
      })

      it("gives back the id and the time of creation, unchanged by later saves", async () => {
        const { clock, issue, read } = await start()
        const id = randomSessionId()
        const createdAt = seconds(clock)
        await issue({ id, createdAt, data: { n: 1 } })
        clock.advance(60)
        const loaded = await read(await issue({ id, createdAt, data: { n: 2 } }))
        expect(loaded).toMatchObject({ id, createdAt, data: { n: 2 } })
      })

      it("replaces the whole entry on save: what is no longer there is gone", async () => {
        const { issue, read } = await start()
        const id = randomSessionId()
        await issue({ id, data: { old: 1 }, flash: { old: 1 } })
        const loaded = await read(await issue({ id, data: { new: 1 }, flash: {} }))
        expect(loaded).toMatchObject({ data: { new: 1 } })
        expect(Object.keys(loaded?.data ?? {})).toEqual(["new"])
        expect(loaded?.flash).toEqual({})
      })

      it("can be loaded any number of times", async () => {
        const { issue, read } = await start()
        const cookie = await issue({ data: { n: 1 } })
        const loads = await Promise.all(Array.from({ length: 20 }, () => read(cookie)))
        expect(loads.every((loaded) => loaded?.data["n"] === 1)).toBe(true)
      })

      it("puts nothing into the cookie that a header cannot carry", async () => {
        const { issue } = await start()
        const cookie = await issue({ data: JSON.parse(hostileText) as JsonObject })
        expect(cookie).toMatch(/^[\x21-\x7e]+$/)
        expect(encodeURIComponent(cookie)).toBe(cookie)
      })
    })

    describe("values nobody was given", () => {
      it.each(badCookieValues)(
        "reads %s as no session, without throwing, and says why once",
        async (_, value) => {
          const { issue, store } = await start()
          await issue({ data: { n: 1 } })
          const reasons: string[] = []
          expect(await store.load(value, (reason) => reasons.push(reason))).toBeUndefined()
          expect(reasons).toEqual([expect.stringMatching(/^(malformed|unsealed|expired|unknown)$/)])
        },
      )

      it("reads a cookie truncated anywhere as no session", async () => {
        const { issue, read } = await start()
        const cookie = await issue({ data: { n: 1 } })
        const loads = Array.from(cookie, (_, length) => read(cookie.slice(0, length)))
        expect((await Promise.all(loads)).filter((loaded) => loaded !== undefined)).toEqual([])
      })

      it("reads a cookie with one character changed as no session", async () => {
        const { issue, read } = await start()
        const cookie = await issue({ data: { n: 1 } })
        const loads = Array.from(cookie, (character, at) =>
          read(cookie.slice(0, at) + (character === "A" ? "B" : "A") + cookie.slice(at + 1)),
        )
        expect((await Promise.all(loads)).filter((loaded) => loaded !== undefined)).toEqual([])
      })
    })

    describe("lifetime", () => {
      it("reads an entry until just before it expires", async () => {
        const { clock, issue, read } = await start()
        const cookie = await issue({ expiresAt: seconds(clock) + HOUR_SECONDS, data: { n: 1 } })
        clock.advance(HOUR_SECONDS - 1)
        expect(await read(cookie)).toMatchObject({ data: { n: 1 } })
      })

      it("reads an expired entry as no session, although nothing was collected", async () => {
        const { clock, issue, store } = await start()
        const cookie = await issue({ expiresAt: seconds(clock) + HOUR_SECONDS, data: { n: 1 } })
        clock.advance(HOUR_SECONDS)
        expect(await store.load(cookie, () => {})).toBeUndefined()
        clock.advance(365 * 24 * HOUR_SECONDS)
        expect(await store.load(cookie, () => {})).toBeUndefined()
      })

      it("lives on when it is saved again with a later expiry", async () => {
        const { clock, issue, read } = await start()
        const id = randomSessionId()
        const createdAt = seconds(clock)
        await issue({ id, createdAt, expiresAt: createdAt + HOUR_SECONDS })
        clock.advance(HOUR_SECONDS - 1)
        const renewed = await issue({
          id,
          createdAt,
          expiresAt: createdAt + 2 * HOUR_SECONDS,
          data: { n: 1 },
        })
        clock.advance(HOUR_SECONDS)
        expect(await read(renewed)).toMatchObject({ id, createdAt, data: { n: 1 } })
      })

      it("lives shorter when it is saved again with an earlier expiry, and longer again after that", async () => {
        const { clock, issue, read } = await start()
        const id = randomSessionId()
        const createdAt = seconds(clock)
        await issue({ id, createdAt, expiresAt: createdAt + 24 * HOUR_SECONDS })
        const short = await issue({ id, createdAt, expiresAt: createdAt + 60, data: { n: 1 } })
        clock.advance(59)
        expect(await read(short)).toMatchObject({ data: { n: 1 } })
        const long = await issue({ id, createdAt, expiresAt: createdAt + HOUR_SECONDS, data: { n: 2 } })
        clock.advance(60)
        expect(await read(long)).toMatchObject({ data: { n: 2 } })
        const shortAgain = await issue({ id, createdAt, expiresAt: seconds(clock) + 5, data: { n: 3 } })
        clock.advance(5)
        expect(await read(shortAgain)).toBeUndefined()
      })

      it("keeps what is live when it collects", async () => {
        const { clock, issue, read, store } = await start()
        await issue({ expiresAt: seconds(clock) + 1 })
        const live = await issue({ expiresAt: seconds(clock) + HOUR_SECONDS, data: { n: 1 } })
        clock.advance(HOUR_SECONDS - 1)
        await store.gc()
        expect(await read(live)).toMatchObject({ data: { n: 1 } })
      })

      it("collects when there is nothing to collect", async () => {
        const { store } = await start()
        await store.gc()
        await store.gc()
      })
    })

    describe("isolation", () => {
      it("destroys an id it never saw, and the same one twice, without complaint", async () => {
        const { store } = await start()
        const id = randomSessionId()
        await store.destroy(id)
        await store.destroy(id)
        await store.destroy("__proto__")
      })

      it("destroys one session and leaves the others alone", async () => {
        const { issue, read, store } = await start()
        const gone = randomSessionId()
        await issue({ id: gone })
        const other = await issue({ data: { n: 1 } })
        await store.destroy(gone)
        expect(await read(other)).toMatchObject({ data: { n: 1 } })
      })

      it("never shows one person's session to another, also when all are used at once", async () => {
        const { issue, read } = await start()
        const owners = Array.from({ length: 50 }, (_, owner) => owner)
        const cookies = await Promise.all(owners.map((owner) => issue({ data: { owner } })))
        expect(new Set(cookies).size).toBe(owners.length)
        const loads = await Promise.all(cookies.map((cookie) => read(cookie)))
        expect(loads.map((loaded) => loaded?.data["owner"])).toEqual(owners)
      })

      it("is not changed by what the caller does to values it saved", async () => {
        const { issue, read } = await start()
        const data = { list: [1] }
        const flash = { list: [1] }
        const cookie = await issue({ data, flash })
        data.list.push(2)
        flash.list.push(2)
        expect(await read(cookie)).toMatchObject({ data: { list: [1] }, flash: { list: [1] } })
      })

      it("is not changed by what the caller does to values it loaded, or refuses it", async () => {
        const { issue, read } = await start()
        const cookie = await issue({ data: { list: [1] }, flash: { list: [1] } })
        const loaded = await read(cookie)
        for (const list of [loaded?.data["list"], loaded?.flash["list"]]) {
          expect(list).toEqual([1])
          try {
            if (Array.isArray(list)) list.push(2)
          } catch {
            // Frozen.
          }
        }
        expect(await read(cookie)).toMatchObject({ data: { list: [1] }, flash: { list: [1] } })
      })
    })

    if (serverSide) {
      describe("server-side", () => {
        it("puts the id into the cookie and nothing of what it keeps", async () => {
          const { issue } = await start()
          const id = randomSessionId()
          expect(await issue({ id, data: { word: "marmalade" }, flash: { word: "marmalade" } })).toBe(id)
        })

        it("refuses the replayed cookie of a destroyed session", async () => {
          const { issue, read, store } = await start()
          const id = randomSessionId()
          const cookie = await issue({ id, data: { n: 1 } })
          await store.destroy(id)
          expect(await read(cookie)).toBeUndefined()
        })

        /** Gives a session a new id, or another, as a request does that has loaded it. */
        const renew = (store: OpenStore, clock: Clock, from: string, id: string) =>
          store.commit({ ...commitOf(clock, from), id })

        it("ends a session by the id it had until a new one was given to it a moment ago, or several", async () => {
          const { clock, issue, read, store } = await start()
          const [id, second, third] = idsOfOne()
          await issue({ id, data: { userId: "ada" } })
          await renew(store, clock, id, second)
          await renew(store, clock, second, third)
          expect(await read(third)).toMatchObject({ data: { userId: "ada" } })
          await store.destroy(id)
          expect([await read(id), await read(second), await read(third)]).toEqual([
            undefined,
            undefined,
            undefined,
          ])
        })

        it("ends it too when a sign-out by the old id leaves a farewell, which finds nothing to wipe", async () => {
          const { clock, issue, read, store } = await start()
          const [id, second, third, fresh] = idsOfOne()
          await issue({ id, data: { userId: "ada" } })
          await renew(store, clock, id, second)
          await renew(store, clock, second, third)
          expect(await read(id)).toBeUndefined()
          const farewell = { id: fresh, wipe: true, data: {}, flash: { bye: { text: "bye" } } }
          expect(await store.commit({ ...commitOf(clock, id), ...farewell })).toEqual({ sums: {} })
          expect([await read(second), await read(third)]).toEqual([undefined, undefined])
          expect(await read(fresh)).toMatchObject({ data: {}, flash: { bye: {} } })
        })

        it("carries a farewell out for an id it never saw", async () => {
          const { clock, read, store } = await start()
          const fresh = randomSessionId()
          const farewell = { id: fresh, wipe: true, data: { n: 1 }, flash: {} }
          expect(await store.commit({ ...commitOf(clock, randomSessionId()), ...farewell })).toBeDefined()
          expect(await read(fresh)).toMatchObject({ data: { n: 1 } })
        })

        it("brings nothing back by a write that was under way when the session ended", async () => {
          const { clock, issue, read, store } = await start()
          const [id, next] = idsOfOne()
          await issue({ id, data: { userId: "ada" } })
          await store.destroy(id)
          expect(await store.commit(commitOf(clock, id))).toBeUndefined()
          expect(await renew(store, clock, id, next)).toBeUndefined()
          expect([await read(id), await read(next)]).toEqual([undefined, undefined])
        })

        it("writes nothing under an id that is the session's no more, and gives one new id of several", async () => {
          const { clock, issue, read, store } = await start()
          const [id, second, third] = idsOfOne()
          await issue({ id, data: { userId: "ada" } })
          await renew(store, clock, id, second)
          expect(await store.commit(commitOf(clock, id))).toBeUndefined()
          expect(await renew(store, clock, id, third)).toBeUndefined()
          expect([await read(id), await read(third)]).toEqual([undefined, undefined])
          expect(await read(second)).toMatchObject({ data: { userId: "ada" } })
        })

        it("ends it in whatever order a sign-out and a new id come", async () => {
          const { clock, issue, read, store } = await start()
          for (let round = 0; round < 20; round += 1) {
            const [id, next] = idsOfOne()
            await issue({ id, data: { userId: "ada" } })
            const steps = [() => renew(store, clock, id, next), () => store.destroy(id)]
            await Promise.all((round % 2 === 0 ? steps : steps.toReversed()).map((step) => step()))
            expect([await read(id), await read(next)]).toEqual([undefined, undefined])
          }
        })

        it("does nothing else by an id that is no longer", async () => {
          const { clock, issue, read, store } = await start()
          const [id, second, third] = idsOfOne()
          await issue({ id, data: { userId: "ada" } })
          await renew(store, clock, id, second)
          expect(await store.load(id, () => {})).toBeUndefined()
          expect(await store.take(id, [], () => {})).toBeUndefined()
          expect(await renew(store, clock, id, third)).toBeUndefined()
          expect(await read(second)).toMatchObject({ data: { userId: "ada" } })
        })

        it("does not bring a destroyed session back by making its cookie value again", async () => {
          const { clock, issue, read, store } = await start()
          const id = randomSessionId()
          await issue({ id, data: { n: 1 } })
          await store.destroy(id)
          expect(await read(await store.cookieValue(id, { n: 1 }, {}, metaOf(clock)))).toBeUndefined()
        })

        it("does not answer for an id nobody saved, however well-formed", async () => {
          const { issue, read } = await start()
          await issue({ data: { n: 1 } })
          expect(await read(randomSessionId())).toBeUndefined()
        })
      })
    }

    if (atomic) atomicSuite(start)

    if (size !== undefined) {
      it("collects what expired, and only that", async () => {
        const { clock, issue, store } = await start()
        for (const minutes of [1, 2, 3, 4, 5]) await issue({ expiresAt: seconds(clock) + minutes * 60 })
        expect(await size()).toBe(5)
        clock.advance(3 * 60)
        await store.gc()
        expect(await size()).toBe(2)
      })
    }
  })
}

interface Entry extends Partial<SaveMeta> {
  id?: string
  data?: JsonObject
  flash?: JsonObject
}

function shorthands(store: OpenStore, clock: Clock) {
  return {
    /** Saves a session and returns the cookie value its owner gets. */
    async issue({ id = randomSessionId(), data = {}, flash = {}, ...given }: Entry): Promise<string> {
      const meta = { ...metaOf(clock), ...given }
      const cookie = await store.cookieValue(id, data, flash, meta)
      await store.save(id, data, flash, meta)
      return cookie
    },
    read: (cookie: string) => store.load(cookie, () => {}),
  }
}

/** A write of a request that has loaded this session and changed nothing in it. */
function commitOf(clock: Clock, id: string): SessionCommit {
  return {
    from: id,
    id,
    wipe: false,
    data: { userId: "ada" },
    flash: {},
    changes: { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] },
    meta: metaOf(clock),
  }
}

function metaOf(clock: Clock): SaveMeta {
  return { createdAt: seconds(clock), expiresAt: seconds(clock) + HOUR_SECONDS }
}

function seconds(clock: Clock): number {
  return clock.now() / 1000
}
