import { describe, expect, it } from "vitest"
import type { SessionChanges } from "../core/changes"
import type { FlashClaim } from "../core/claim"
import { ACTION_CLAIM_SECONDS, CLAIM_SETTLES_SECONDS, FINAL_CLAIM_SETTLES_SECONDS } from "../core/delivery"
import type { Json, JsonObject } from "../core/json"
import { nextSessionId, randomSessionId } from "../core/random-id"
import type { openStore, SessionCommit } from "../core/store"
import type { Clock } from "./clock"

const HOUR_SECONDS = 60 * 60
const MANY = 50

/** JSON text, because in a literal `__proto__` would set the prototype. */
const hostile = JSON.parse(
  `{ "__proto__": 1, "meta": 2, "data:meta": 3, "constructor": 4, "": 5, "\\ud800": 6, "a b\\n": [], "🍪": {} }`,
) as JsonObject

const document = (id: string): FlashClaim => ({ id, by: "document", over: [] })
const action = (id: string): FlashClaim => ({ id, by: "action", over: ["action"] })
const client = (id: string, knows = false): FlashClaim => ({
  id,
  by: "client",
  over: knows ? ["action", "document"] : ["action"],
})

/** What a store that declares `take` and `commit` promises besides. */
export function atomicSuite(
  start: () => Promise<{ clock: Clock; store: ReturnType<typeof openStore> }>,
): void {
  /** A live session and what two requests can do with it at once. */
  async function live(data: JsonObject = {}, flash: JsonObject = {}) {
    const { clock, store } = await start()
    const now = () => clock.now() / 1000
    const id = randomSessionId()
    const meta = { createdAt: now(), expiresAt: now() + HOUR_SECONDS }
    await store.save(id, data, flash, meta)
    return {
      clock,
      store,
      id,
      next: () => nextSessionId(id),
      delivery: (more: JsonObject = {}): JsonObject => ({ expiresAt: now() + 300, ...more }),
      read: (of = id) => store.load(of, () => {}),
      take: (...claims: FlashClaim[]) => store.take(id, claims, () => {}),
      commit: (changes: Partial<SessionChanges>, given: Partial<SessionCommit> = {}) =>
        store.commit({
          from: id,
          id,
          wipe: false,
          data: { stale: true },
          flash: { stale: true },
          changes: { put: {}, forget: [], add: {}, flash: {}, dropFlash: [], ...changes },
          meta,
          ...given,
        }),
    }
  }
  const times = <Result>(count: number, run: (index: number) => Result) =>
    Promise.all(Array.from({ length: count }, (_, index) => run(index)))

  describe("commits of one session at once", () => {
    it("keeps what every one of them changed", async () => {
      const { commit, read } = await live({ kept: 0 })
      await times(MANY, (index) => commit({ put: { [`key${index}`]: index } }))
      const entries = Array.from({ length: MANY }, (_, index) => [`key${index}`, index])
      expect((await read())?.data).toEqual({ kept: 0, ...Object.fromEntries(entries) })
    })

    it("forgets what one of them removed and leaves the rest", async () => {
      const { commit, read } = await live({ a: 1, b: 2, c: 3 })
      await Promise.all([
        commit({ forget: ["a"] }),
        commit({ put: { b: 3 } }),
        commit({ forget: ["missing"] }),
      ])
      expect((await read())?.data).toEqual({ b: 3, c: 3 })
    })

    it("adds up what every one of them adds, and answers each with its sum", async () => {
      const { commit, read } = await live({ n: 1.5 })
      const answers = await times(MANY, () => commit({ add: { n: 1, fresh: -2 } }))
      expect((await read())?.data).toEqual({ n: 1.5 + MANY, fresh: -2 * MANY })
      expect(new Set(answers.map((answer) => answer?.sums["n"])).size).toBe(MANY)
    })

    it("adds as JavaScript does, and gives back the same number", async () => {
      const { commit, read } = await live({ n: 0.1 })
      expect((await commit({ add: { n: 0.2 } }))?.sums["n"]).toBe(0.1 + 0.2)
      expect((await commit({ add: { n: 1e21 } }))?.sums["n"]).toBe(0.1 + 0.2 + 1e21)
      expect((await read())?.data).toEqual({ n: 0.1 + 0.2 + 1e21 })
    })

    it("refuses to add to what is no number, by name, and changes nothing", async () => {
      const { commit, read } = await live({ word: "five", n: 1 })
      await expect(commit({ add: { n: 1, word: 1 }, put: { other: 1 } })).rejects.toMatchObject({
        code: "SESSION_VALUE_NOT_NUMBER",
        message: expect.stringContaining('"word"'),
      })
      expect((await read())?.data).toEqual({ word: "five", n: 1 })
    })

    it("takes hostile names for plain data", async () => {
      const { commit, read } = await live()
      await commit({ put: hostile })
      expect(entriesOf((await read())?.data)).toEqual(entriesOf(hostile))
      await commit({ forget: Object.keys(hostile) })
      expect((await read())?.data).toEqual({})
    })

    it("renews the lifetime and nothing else when there is nothing to change", async () => {
      const { clock, commit, read } = await live({ a: 1 })
      const createdAt = clock.now() / 1000
      clock.advance(HOUR_SECONDS - 1)
      await commit({}, { meta: { createdAt, expiresAt: createdAt + 2 * HOUR_SECONDS } })
      clock.advance(HOUR_SECONDS)
      expect(await read()).toMatchObject({ createdAt, data: { a: 1 }, flash: {} })
    })
  })

  describe("the end of a session that was given a new id meanwhile", () => {
    it("holds: to wipe the old one ends the new one, and carries nothing over", async () => {
      const { commit, next, read } = await live({ userId: "ada" })
      const [moved, fresh] = [next(), next()]
      await commit({}, { id: moved })
      await commit({}, { id: fresh, wipe: true, data: {}, flash: { bye: { text: "bye" } } })
      expect([await read(), await read(moved)]).toEqual([undefined, undefined])
      expect(await read(fresh)).toMatchObject({ data: {}, flash: { bye: {} } })
    })

    it("holds however they race", async () => {
      for (let round = 0; round < 20; round += 1) {
        const { commit, next, read, store, id } = await live({ userId: "ada" })
        const ids = Array.from({ length: 5 }, next)
        const renewals = ids.map((to, at) => commit({}, { from: ids[at - 1] ?? id, id: to }))
        const fresh = next()
        const end =
          round % 2 === 0 ? store.destroy(id) : commit({}, { id: fresh, wipe: true, data: {}, flash: {} })
        await Promise.all([...renewals, end])
        const alive = await Promise.all([id, ...ids].map((of) => read(of)))
        expect(alive.filter((session) => session !== undefined)).toEqual([])
      }
    })
  })

  describe("a session that is gone", () => {
    it("is not brought back by a commit that was under way", async () => {
      const { commit, id, read, store } = await live({ a: 1 })
      await store.destroy(id)
      const answers = await times(20, (index) => commit({ put: { late: index }, add: { n: 1 } }))
      expect(answers).toEqual(Array.from({ length: 20 }, () => undefined))
      expect(await read()).toBeUndefined()
    })

    it("is not brought back by a renewal or a new id", async () => {
      const { commit, id, next, read, store } = await live({ a: 1 })
      await store.destroy(id)
      const other = next()
      expect(await commit({})).toBeUndefined()
      expect(await commit({ put: { a: 2 } }, { id: other })).toBeUndefined()
      expect([await read(), await read(other)]).toEqual([undefined, undefined])
    })
  })

  describe("a new id", () => {
    it("kills the old one and carries over what others wrote meanwhile", async () => {
      const { commit, next, read } = await live({ a: 1 })
      const id = next()
      await commit({ put: { meanwhile: 1 } })
      await commit({ put: { userId: "ada" } }, { id })
      expect(await read()).toBeUndefined()
      expect((await read(id))?.data).toEqual({ a: 1, meanwhile: 1, userId: "ada" })
      expect(await commit({ put: { late: 1 } })).toBeUndefined()
    })

    it("loses no write it acknowledged, however they race", async () => {
      const { commit, next, read } = await live()
      const id = next()
      const answers = await times(MANY, (index) =>
        index === MANY / 2 ? commit({}, { id }) : commit({ put: { [`key${index}`]: index } }),
      )
      const acknowledged = answers.flatMap((answer, index) =>
        answer === undefined || index === MANY / 2 ? [] : [[`key${index}`, index]],
      )
      expect((await read(id))?.data).toEqual(Object.fromEntries(acknowledged))
    })

    it("is given to one of several that ask for one", async () => {
      const { commit, next, read } = await live({ a: 1 })
      const ids = Array.from({ length: 10 }, next)
      const answers = await Promise.all(ids.map((id) => commit({}, { id })))
      expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1)
      const alive = await Promise.all(ids.map((id) => read(id)))
      expect(alive.map((session) => session !== undefined)).toEqual(
        answers.map((answer) => answer !== undefined),
      )
    })

    it("carries nothing over when the session is wiped, whether or not it still was there", async () => {
      const { commit, next, read, store } = await live({ a: 1 }, { f: 1 })
      const [second, third] = [next(), next()]
      await commit({}, { id: second, wipe: true, data: { b: 2 }, flash: { g: 1 } })
      expect([await read(), await read(second)]).toMatchObject([
        undefined,
        { data: { b: 2 }, flash: { g: 1 } },
      ])
      await store.destroy(second)
      await commit({}, { from: second, id: third, wipe: true, data: { c: 3 }, flash: {} })
      expect(await read(third)).toMatchObject({ data: { c: 3 }, flash: {} })
    })
  })

  describe("a pulled value", () => {
    const ALREADY = { code: "SESSION_ALREADY_PULLED", message: expect.stringContaining('"state"') }
    const pull = (value: Json): Partial<SessionChanges> => ({ pulled: { state: value }, forget: ["state"] })

    it("is kept by one of many requests that pulled it, and nothing of the others is", async () => {
      const { commit, read } = await live({ state: "xyz", n: 0 })
      const answers = await Promise.allSettled(
        Array.from({ length: MANY }, (_, index) =>
          commit({ ...pull("xyz"), put: { [`by${index}`]: 1 }, add: { n: 1 } }),
        ),
      )
      const won = answers.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : []))
      expect(won).toHaveLength(1)
      for (const answer of answers)
        if (answer.status === "rejected") expect(answer.reason).toMatchObject(ALREADY)
      expect((await read())?.data).toEqual({ n: 1, [`by${won[0]}`]: 1 })
    })

    it("is refused when another one stands in its place", async () => {
      const { commit, read } = await live({ state: "first" })
      await commit({ put: { state: "second" } })
      await expect(commit(pull("first"))).rejects.toMatchObject(ALREADY)
      expect((await read())?.data).toEqual({ state: "second" })
    })

    it.each([
      ["text", "xyz"],
      ["hostile text", '"], ["\\ud800'],
      ["a number", 0.1],
      ["a list", [1, { a: [] }]],
      ["nothing", null],
    ])("may be %s", async (_, value) => {
      const { commit, read } = await live({ state: value })
      expect(await commit(pull(value))).toEqual({ sums: {} })
      expect((await read())?.data).toEqual({})
    })

    it("may be a sum", async () => {
      const { commit, read } = await live({ state: 0.1 })
      await commit({ add: { state: 0.2 } })
      expect(await commit(pull(0.1 + 0.2))).toEqual({ sums: {} })
      expect((await read())?.data).toEqual({})
    })

    it("may be replaced by the request that pulled it", async () => {
      const { commit, read } = await live({ state: "first" })
      await commit({ pulled: { state: "first" }, put: { state: "next" } })
      expect((await read())?.data).toEqual({ state: "next" })
      await expect(commit({ pulled: { state: "first" }, put: { state: "again" } })).rejects.toMatchObject(
        ALREADY,
      )
    })

    it("lets one of several sign-ins through that wipe the session or give it a new id", async () => {
      for (const wipe of [true, false]) {
        const { commit, next, read } = await live({ state: "xyz" })
        const ids = Array.from({ length: 10 }, next)
        const answers = await Promise.allSettled(
          ids.map((id) => commit(pull("xyz"), { id, wipe, data: { userId: "ada" }, flash: {} })),
        )
        // For the others the session is gone, or what they pulled.
        const committed = answers.filter(
          (answer) => answer.status === "fulfilled" && answer.value !== undefined,
        )
        expect(committed).toHaveLength(1)
        const alive = await Promise.all(ids.map((id) => read(id)))
        expect(alive.filter((session) => session !== undefined)).toHaveLength(1)
      }
    })
  })

  describe("a flash", () => {
    it("is granted to exactly one of many documents", async () => {
      const { commit, delivery, take } = await live()
      await commit({ flash: { f: delivery({ text: "hello" }) } })
      const taken = await times(MANY, () => take(document("f")))
      expect(taken.filter((session) => Object.hasOwn(session?.flash ?? {}, "f"))).toHaveLength(1)
      expect(taken.filter((session) => session?.claimed?.[0]?.id === "f")).toHaveLength(MANY - 1)
    })

    it("waits for who claims it: a request for another one leaves it alone", async () => {
      const { commit, delivery, take } = await live()
      await commit({ flash: { f: delivery(), g: delivery() } })
      expect(Object.keys((await take(document("f")))?.flash ?? {}).toSorted()).toEqual(["f", "g"])
      expect(Object.keys((await take(document("nothing")))?.flash ?? {})).toEqual(["g"])
      expect(Object.keys((await take(document("g")))?.flash ?? {})).toEqual(["g"])
      expect(Object.keys((await take())?.flash ?? {})).toEqual([])
    })

    it("claimed by a render inside an action's response goes to the page that wrote it, or later to any", async () => {
      const { clock, commit, delivery, take } = await live()
      const isGranted = async (claim: FlashClaim) => Object.hasOwn((await take(claim))?.flash ?? {}, "f")
      await commit({ flash: { f: delivery() } })
      expect(await isGranted(action("f"))).toBe(true)
      expect(await isGranted(action("f"))).toBe(true)
      expect(await isGranted(document("f"))).toBe(false)
      expect(await isGranted({ ...document("f"), over: ["action"] })).toBe(true)
      expect(await isGranted(action("f"))).toBe(false)

      await commit({ flash: { f: delivery() }, dropFlash: ["f"] })
      expect(await isGranted(action("f"))).toBe(true)
      clock.advance(ACTION_CLAIM_SECONDS - 1)
      expect(await isGranted(document("f"))).toBe(false)
      clock.advance(1)
      expect(await isGranted(document("f"))).toBe(true)
    })

    it("claimed by a document goes once more only to client code that knows it showed nothing", async () => {
      const { commit, delivery, take } = await live()
      const isGranted = async (claim: FlashClaim) => Object.hasOwn((await take(claim))?.flash ?? {}, "f")
      await commit({ flash: { f: delivery() } })
      expect(await isGranted(document("f"))).toBe(true)
      expect(await isGranted(client("f"))).toBe(false)
      expect(await isGranted(client("f", true))).toBe(true)
      expect(await isGranted(client("f", true))).toBe(false)
    })

    it("cannot be claimed once it expired: the read that finds it hands it over, once, and it is gone", async () => {
      const { clock, commit, delivery, take } = await live()
      const late = delivery({ text: "late" })
      await commit({ flash: { f: late, g: delivery({ expiresAt: clock.now() / 1000 + 301 }) } })
      clock.advance(300)
      expect(await take(document("f"))).toMatchObject({ expired: { f: late }, flash: { g: {} }, claimed: [] })
      const again = await take(document("f"))
      expect(Object.keys(again?.expired ?? {})).toEqual([])
      expect(Object.keys(again?.flash ?? {})).toEqual(["g"])
    })

    it("is handed over by one of many reads that find it expired", async () => {
      const { clock, commit, delivery, take } = await live()
      await commit({ flash: { f: delivery() } })
      clock.advance(300)
      const reads = await times(MANY, () => take())
      expect(reads.filter((session) => Object.hasOwn(session?.expired ?? {}, "f"))).toHaveLength(1)
    })

    it.each([
      ["document", document, CLAIM_SETTLES_SECONDS],
      ["client code", client, FINAL_CLAIM_SETTLES_SECONDS],
    ])("taken by a %s is forgotten by the read that follows, after a while", async (_, claim, seconds) => {
      const { clock, commit, delivery, take } = await live({ a: 1 })
      await commit({ flash: { f: delivery() } })
      await take(claim("f"))
      clock.advance(seconds - 1)
      expect((await take())?.claimed?.map(({ id }) => id)).toEqual(["f"])
      clock.advance(1)
      expect(await take()).toMatchObject({ data: { a: 1 }, flash: {}, claimed: [] })
      // Gone, and not merely hidden: nobody can take it any more, and it is not told of as expired.
      const last = await take({ ...document("f"), over: ["action", "document", "client"] })
      expect([last?.flash, last?.expired ?? {}]).toEqual([{}, {}])
    })

    it("that was taken is not told of as expired", async () => {
      const { clock, commit, delivery, take } = await live()
      await commit({ flash: { f: delivery({ expiresAt: clock.now() / 1000 + 20 }) } })
      await take(document("f"))
      clock.advance(20)
      const later = await take()
      expect([later?.flash, later?.claimed, later?.expired ?? {}]).toEqual([{}, [], {}])
    })

    it("is left alone by reads while somebody may come for it, and when it names no time", async () => {
      const { clock, commit, delivery, take } = await live({}, { timeless: { text: "x" }, word: "x" })
      await commit({ flash: { f: delivery() } })
      clock.advance(299)
      for (let read = 0; read < 3; read += 1) {
        expect(Object.keys((await take())?.flash ?? {}).toSorted()).toEqual(["f", "timeless", "word"])
      }
    })

    it("is trimmed while it waits, and not brought back when it is gone", async () => {
      const { commit, delivery, take, id } = await live({}, {})
      await commit({ flash: { f: delivery({ text: "long" }), g: delivery({ text: "long" }) } })
      await commit({ dropFlash: ["g"] })
      await commit({ trimFlash: { f: delivery({ text: "l" }), g: delivery({ text: "l" }) } })
      expect(await take()).toMatchObject({ id, flash: { f: { text: "l" } } })
      expect(Object.keys((await take())?.flash ?? {})).toEqual(["f"])
    })

    it("is trimmed under whoever claimed it", async () => {
      const { commit, delivery, take } = await live({}, {})
      await commit({ flash: { f: delivery({ text: "long" }) } })
      await take(action("f"))
      await commit({ trimFlash: { f: delivery({ text: "l" }) } })
      expect((await take(document("f")))?.flash).toEqual({})
      expect((await take({ ...document("f"), over: ["action"] }))?.flash).toMatchObject({ f: { text: "l" } })
    })

    it("is gone with its claim when it is dropped, and others stay", async () => {
      const { commit, delivery, take } = await live({}, {})
      await commit({ flash: { f: delivery(), g: delivery() } })
      await take(document("f"))
      await commit({ dropFlash: ["f"] })
      expect(await take()).toMatchObject({ flash: { g: {} }, claimed: [] })
    })
  })
}

/** Stores need not keep the order of keys. */
export function entriesOf(object: JsonObject | undefined): string[] {
  return Object.entries(object ?? {})
    .map((entry) => JSON.stringify(entry))
    .toSorted()
}
