import fc from "fast-check"
import { expect } from "vitest"
import type { SessionChanges } from "../core/changes"
import type { SessionError } from "../core/errors"
import type { Json, JsonObject } from "../core/json"
import { nextSessionId, randomSessionId } from "../core/random-id"
import { openStore, type SessionStore } from "../core/store"
import { memoryStore, type MemoryEntry } from "../stores/memory/memory-store"
import { entriesOf } from "../testing/atomic-suite"
import { createClock } from "../testing/clock"
import { arbitraryJson, arbitraryKey } from "./arbitrary"

type Step =
  | { readonly do: "change"; readonly changes: SessionChanges }
  | { readonly do: "renew id" }
  | { readonly do: "take"; readonly delivery: string; readonly by: "action" | "document" | "client" }
  | { readonly do: "pull"; readonly key: string }
  | { readonly do: "sign out"; readonly steps: number; readonly wipe: boolean }
  | { readonly do: "wait"; readonly seconds: number }

const noChange: SessionChanges = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }
const delivery = fc.constantFrom("f", "g", "h")
const deliveryOf = (by: number): JsonObject =>
  by % 7 === 0 ? { timeless: by } : { expiresAt: 1_800_000_000 + (by % 300) }
const put = fc.array(fc.tuple(arbitraryKey, arbitraryJson), { maxLength: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        put,
        fc.array(arbitraryKey, { maxLength: 2 }),
        fc.array(delivery),
        fc.array(delivery),
        fc.integer(),
      )
      .map(([entries, forgotten, flash, dropFlash, by]): Step => {
        const values: JsonObject = Object.fromEntries<Json>(entries)
        const changes: SessionChanges = {
          put: values,
          forget: forgotten.filter((key) => !Object.hasOwn(values, key)),
          add: by === 0 ? noChange.add : { counter: by },
          flash: Object.fromEntries<Json>(flash.map((id) => [id, deliveryOf(by)])),
          dropFlash,
        }
        return { do: "change", changes }
      }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "renew id" }) },
  { weight: 1, arbitrary: arbitraryKey.map((key): Step => ({ do: "pull", key })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat({ max: 3 }), fc.boolean())
      .map(([steps, wipe]): Step => ({ do: "sign out", steps, wipe })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(delivery, fc.constantFrom("action" as const, "document" as const, "client" as const))
      .map(([id, by]): Step => ({ do: "take", delivery: id, by })),
  },
  { weight: 1, arbitrary: fc.nat({ max: 90 }).map((seconds): Step => ({ do: "wait", seconds })) },
)

/** A store under comparison. */
export interface Compared {
  create(options: { now: () => number }): SessionStore
  /** What is held of a session, whether or not a read would show it: `flash:<id>` and `claim:<id>`, in any order. */
  held(id: string): Promise<string[]>
  /** How many histories are tried. */
  readonly runs: number
}

/** Asserts that a store answers as the memory store does, whatever is done, and holds no more. */
export async function comparesToMemory({ create, held, runs }: Compared): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const clock = createClock()
      const entries = new Map<string, MemoryEntry>()
      const stores = [
        openStore(create({ now: clock.now })),
        openStore(memoryStore({ now: clock.now, entries })),
      ] as const
      let id = randomSessionId()
      const ids = [id]
      const meta = { createdAt: clock.now() / 1000, expiresAt: clock.now() / 1000 + 100_000 }
      const both = async (run: (store: (typeof stores)[number]) => Promise<unknown>) => {
        const [actual, expected] = await Promise.all(
          stores.map((store) => run(store).catch((error: SessionError) => error.message)),
        )
        expect(actual).toEqual(expected)
      }
      const heldBy = (of: string): { data: JsonObject; flash: JsonObject } =>
        JSON.parse(entries.get(of)?.json ?? '{ "data": {}, "flash": {} }')
      const holdTheSame = async () => {
        const names = Object.keys(heldBy(id).flash).map((name) => `flash:${name}`)
        for (const name of entries.get(id)?.claims.keys() ?? []) names.push(`claim:${name}`)
        expect((await held(id)).toSorted()).toEqual(names.toSorted())
      }
      const summary = async (loading: ReturnType<(typeof stores)[number]["take"]>) => {
        const { data, flash, claimed = [], ...rest } = (await loading) ?? { data: {}, flash: {} }
        return { ...rest, data: entriesOf(data), flash: entriesOf(flash), claimed: claimed.toSorted(byId) }
      }
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

      await both((store) => store.save(id, { counter: 1 }, {}, meta))
      for (const next of steps) {
        const commit = { from: id, wipe: false, data: {}, flash: {}, meta }
        if (next.do === "wait") {
          clock.advance(next.seconds)
          // Some backends forget by their own clock where a session went.
          ids.splice(0, ids.length - 1)
        }
        if (next.do === "change")
          await both((store) => store.commit({ ...commit, id, changes: next.changes }))
        if (next.do === "renew id") {
          id = nextSessionId(id)
          ids.push(id)
          await both((store) => store.commit({ ...commit, id, changes: noChange }))
        }
        if (next.do === "pull") {
          const data = heldBy(id).data
          const value = Object.hasOwn(data, next.key) ? data[next.key] : undefined
          const changes = { ...noChange, pulled: Object.fromEntries([[next.key, value ?? "never there"]]) }
          await both((store) => store.commit({ ...commit, id, changes: { ...changes, forget: [next.key] } }))
        }
        if (next.do === "sign out") {
          const old = ids.at(-1 - next.steps) ?? id
          // Its tag is that of the id or, where no session was found, another.
          const fresh = next.steps % 2 === 0 ? nextSessionId(old) : randomSessionId()
          if (!next.wipe) await both((store) => store.destroy(old))
          else {
            await both((store) =>
              store.commit({
                ...commit,
                from: old,
                id: fresh,
                wipe: true,
                data: { counter: 0 },
                changes: noChange,
              }),
            )
            id = fresh
            ids.push(id)
          }
        }
        if (next.do === "take") {
          const claim = {
            id: next.delivery,
            by: next.by,
            over: next.by === "document" ? [] : ["action" as const],
          }
          await both((store) => summary(store.take(id, [claim], () => {})))
        }
        await holdTheSame()
      }
      await both((store) => summary(store.take(id, [], () => {})))
    }),
    { numRuns: runs },
  )
}
