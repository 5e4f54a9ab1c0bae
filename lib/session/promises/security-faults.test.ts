import { describe, expect, it, vi } from "vitest"
import { startsOf } from "../test-support/both-stores"
import { patiently, token } from "../test-support/redis/use-bridge"
import { printClass } from "../test-support/bad-input"
import { redirectTo, type Person } from "../test-support/person"

const TIMEOUT_MILLISECONDS = 900
/** Where the second attempt has to succeed, on a machine that does other things, too. */
const PATIENT_MILLISECONDS = 2500
/** Longer than one attempt: what was given up on is carried out all the same, later. */
const LATE_MILLISECONDS = 500

const faults = [
  { kind: "delay", milliseconds: LATE_MILLISECONDS },
  { kind: "drop-before" },
  { kind: "drop-after" },
  { kind: "429" },
  { kind: "503-json" },
  { kind: "503-html" },
  { kind: "200-html" },
  { kind: "hang" },
  { kind: "slow-body" },
  { kind: "401" },
]

/** Carried out, whatever the store was told. */
const isCarriedOut = (kind: string) => ["delay", "drop-after", "slow-body"].includes(kind)

type Data = Record<string, unknown>

interface Operation {
  readonly name: string
  readonly run: (visitor: Person) => Promise<unknown>
  /** What Redis holds, all sessions of it, once the operation was carried out. */
  readonly after: readonly Data[]
}

const before: readonly Data[] = [{ n: 1 }]

const operations: readonly Operation[] = [
  { name: "load", run: (visitor) => visitor.open("/"), after: before },
  { name: "take", run: (visitor) => visitor.open("/a"), after: before },
  {
    name: "commit",
    run: (visitor) =>
      visitor.act((session) => {
        session.increment("n")
        session.put("more", [1])
      }),
    after: [{ n: 2, more: [1] }],
  },
  {
    name: "rotate",
    run: (visitor) =>
      visitor.act((session) => {
        session.regenerate()
        session.put("user", "ada")
      }),
    after: [{ n: 1, user: "ada" }],
  },
  { name: "destroy", run: (visitor) => visitor.act((session) => session.invalidate()), after: [] },
  {
    name: "sign out with a farewell",
    run: (visitor) =>
      visitor.act((session) => {
        session.invalidate()
        session.flash("notice", "bye")
      }),
    after: [{}],
  },
]

describe("a fault while Redis is asked leaves the state before or after, never between", () => {
  const starts = startsOf("redis store")

  async function subject(timeoutMilliseconds = TIMEOUT_MILLISECONDS) {
    const started = starts()
    const { redis, bridge } = started.redis ?? {}
    if (redis === undefined || bridge === undefined) throw new Error("no Redis")
    await redis.flushall()
    const visitor = started.visitor()
    await visitor.act((session) => {
      session.put("n", 1)
      session.flash("notice", "hello")
    }, redirectTo("/a"))
    await visitor.open("/warm-up")
    /** The data of every session that is live. */
    const held = async (): Promise<Data[]> => {
      const keys = (await redis.keys("session:*")).filter((key) => !/answer:|moved:/.test(key))
      return Promise.all(
        keys.map(async (key) => {
          const flat = (await redis.hgetall(key)) as unknown as string[]
          const fields = flat.flatMap((field, at) =>
            at % 2 === 0 ? [[field, flat[at + 1] ?? ""] as const] : [],
          )
          expect(fields.map(([field]) => field)).toContain("meta")
          return Object.fromEntries(
            fields
              .filter(([field]) => field.startsWith("data:"))
              .map(([field, value]) => [JSON.parse(field.slice(5)), JSON.parse(value)]),
          )
        }),
      )
    }
    const { events, ...hasty } = starts({ timeoutMilliseconds, clock: started.clock })
    const hurried = hasty.visitor(visitor.jar)
    await vi.waitFor(() => hurried.open("/warm-up"), patiently)
    bridge.resetStats()
    /** What was given up on has been carried out by then. */
    const settled = () =>
      vi.waitFor(() => {
        const waiting = bridge.stats().last.filter(({ executed }) => !executed)
        expect(waiting).toEqual([])
      }, patiently)
    /** The same person, for whom the server has little patience. */
    return { ...started, bridge, visitor, hurried, events, held, settled }
  }

  for (const { name, run, after } of operations) {
    it.each(faults)(`during ${name}: $kind, every time`, async (fault) => {
      const { bridge, events, held, hurried, settled, visitor } = await subject()
      const cookie = visitor.jar.get("session")
      // The load that a write begins with goes well: the fault hits what the test is named after.
      bridge.setFaults({ ...fault, skip: name === "load" || name === "take" ? 0 : 1 })
      const error: Error = await run(hurried).then(
        () => expect.unreachable(),
        (thrown) => thrown,
      )
      if (fault.kind === "delay") await settled()
      bridge.clearFaults()
      expect(error).toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
      expect(events).toContainEqual({ type: "store-unavailable", operation: expect.any(String) })
      const told = `${error.stack} ${(error.cause as Error | undefined)?.stack} ${JSON.stringify(events)}`
      for (const secret of [cookie?.split(".")[1] ?? "-", token, "hello", "Bearer"]) {
        expect(told).not.toContain(secret)
      }
      expect(visitor.jar.get("session")).toBe(cookie)
      const state = isCarriedOut(fault.kind) ? after : before
      expect(await held()).toEqual(state)

      // The person goes on: with the session, or without one where it ended; a new id they never got.
      const kept = name === "load" || name === "take" || name === "commit" ? state[0] : undefined
      const alive = isCarriedOut(fault.kind) ? kept : before[0]
      expect((await visitor.open("/")).all()).toEqual(alive ?? {})
      await visitor.act((session) => session.put("again", 1))
      expect((await visitor.open("/")).all()).toEqual({ ...alive, again: 1 })
    })

    it(`during ${name}: a fault that passes costs nothing`, async () => {
      const passing = faults.filter(({ kind }) => kind !== "401")
      for (const fault of passing) {
        const { bridge, held, hurried, settled } = await subject(PATIENT_MILLISECONDS)
        const skip = name === "load" || name === "take" ? 0 : 1
        bridge.setFaults({ ...fault, times: 1, skip })
        await run(hurried)
        if (fault.kind === "delay") await settled()
        expect([fault.kind, await held()]).toEqual([fault.kind, after])
      }
      printClass(
        `faults during ${name}`,
        "redis store",
        faults.length + passing.length,
        "before or after, never between",
      )
    })
  }

  it.each(faults)(
    "a message waiting is shown at most once, whatever happens to the take: $kind",
    async (fault) => {
      const { bridge, hurried, settled, visitor } = await subject()
      bridge.setFaults(fault)
      await expect(hurried.open("/a")).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
      if (fault.kind === "delay") await settled()
      bridge.clearFaults()
      const pages = [await visitor.open("/a"), await visitor.open("/a")]
      const shown = pages.map((page) => page.hasFlash("notice"))
      // Whoever took it in vain has it: nobody knows that the answer was lost.
      expect(shown).toEqual([!isCarriedOut(fault.kind), false])
    },
  )

  it("a fault never reads as an empty session: nothing is written over what could not be read", async () => {
    for (const fault of faults) {
      const { bridge, held, hurried, settled } = await subject()
      bridge.setFaults({ ...fault, times: 3 })
      const writing = hurried.act((session) => session.put("n", 99))
      await expect(writing).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
      if (fault.kind === "delay") await settled()
      bridge.clearFaults()
      expect([fault.kind, await held()]).toEqual([fault.kind, before])
    }
  })
})
