import { describe, expect, it } from "vitest"
import type { SessionChanges } from "../core/changes.ts"
import { ACTION_CLAIM_SECONDS, CLAIM_SETTLES_SECONDS, type FlashClaim } from "../core/claim.ts"
import type { JsonObject } from "../core/json.ts"
import { randomSessionId } from "../core/random-id.ts"
import type { openStore, SessionCommit } from "../core/store.ts"
import type { Clock } from "./clock.ts"

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
      expect(new Set(answers.map((answer) => answer?.sums.n)).size).toBe(MANY)
    })

    it("adds as JavaScript does, and gives back the same number", async () => {
      const { commit, read } = await live({ n: 0.1 })
      expect((await commit({ add: { n: 0.2 } }))?.sums.n).toBe(0.1 + 0.2)
      expect((await commit({ add: { n: 1e21 } }))?.sums.n).toBe(0.1 + 0.2 + 1e21)
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

  describe("a session that is gone", () => {
    it("is not brought back by a commit that was under way", async () => {
      const { commit, id, read, store } = await live({ a: 1 })
      await store.destroy(id)
      const answers = await times(20, (index) => commit({ put: { late: index }, add: { n: 1 } }))
      expect(answers).toEqual(Array.from({ length: 20 }, () => undefined))
      expect(await read()).toBeUndefined()
    })

    it("is not brought back by a renewal or a new id", async () => {
      const { commit, id, read, store } = await live({ a: 1 })
      await store.destroy(id)
      const other = randomSessionId()
      expect(await commit({})).toBeUndefined()
      expect(await commit({ put: { a: 2 } }, { id: other })).toBeUndefined()
      expect([await read(), await read(other)]).toEqual([undefined, undefined])
    })
  })

  describe("a new id", () => {
    it("kills the old one and carries over what others wrote meanwhile", async () => {
      const { commit, read } = await live({ a: 1 })
      const id = randomSessionId()
      await commit({ put: { meanwhile: 1 } })
      await commit({ put: { userId: "ada" } }, { id })
      expect(await read()).toBeUndefined()
      expect((await read(id))?.data).toEqual({ a: 1, meanwhile: 1, userId: "ada" })
      expect(await commit({ put: { late: 1 } })).toBeUndefined()
    })

    it("loses no write it acknowledged, however they race", async () => {
      const { commit, read } = await live()
      const id = randomSessionId()
      const answers = await times(MANY, (index) =>
        index === MANY / 2 ? commit({}, { id }) : commit({ put: { [`key${index}`]: index } }),
      )
      const acknowledged = answers.flatMap((answer, index) =>
        answer === undefined || index === MANY / 2 ? [] : [[`key${index}`, index]],
      )
      expect((await read(id))?.data).toEqual(Object.fromEntries(acknowledged))
    })

    it("is given to one of several that ask for one", async () => {
      const { commit, read } = await live({ a: 1 })
      const ids = Array.from({ length: 10 }, () => randomSessionId())
      const answers = await Promise.all(ids.map((id) => commit({}, { id })))
      expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1)
      const alive = await Promise.all(ids.map((id) => read(id)))
      expect(alive.map((session) => session !== undefined)).toEqual(
        answers.map((answer) => answer !== undefined),
      )
    })

    it("carries nothing over when the session is wiped, whether or not it still was there", async () => {
      const { commit, read, store } = await live({ a: 1 }, { f: 1 })
      const [second, third] = [randomSessionId(), randomSessionId()]
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

    it("cannot be claimed once it expired, and stays to be reported", async () => {
      const { clock, commit, delivery, take } = await live()
      await commit({ flash: { f: delivery() } })
      clock.advance(300)
      const taken = await take(document("f"))
      expect(taken).toMatchObject({ flash: { f: {} }, claimed: [] })
    })

    it("is settled when client code took it, or some time after a document did", async () => {
      const { clock, commit, delivery, take } = await live()
      await commit({ flash: { f: delivery(), g: delivery() } })
      await take(document("f"), client("g"))
      expect(byId((await take())?.claimed)).toEqual({ f: false, g: true })
      clock.advance(CLAIM_SETTLES_SECONDS)
      expect(byId((await take())?.claimed)).toEqual({ f: true, g: true })
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

function byId(claimed: readonly { id: string; settled: boolean }[] = []): Record<string, boolean> {
  return Object.fromEntries(claimed.map(({ id, settled }) => [id, settled]))
}

/** Stores need not keep the order of keys. */
export function entriesOf(object: JsonObject | undefined): string[] {
  return Object.entries(object ?? {})
    .map((entry) => JSON.stringify(entry))
    .toSorted()
}
