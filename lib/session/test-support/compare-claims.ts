import { expect } from "vitest"
import type { Claimant, FlashClaim } from "../core/claim"
import type { JsonObject } from "../core/json"
import { randomSessionId } from "../core/random-id"
import { openStore, type OpenStore, type SessionStore } from "../core/store"
import { memoryStore } from "../stores/memory/memory-store"
import { createClock } from "../testing/clock"

const claimants: readonly Claimant[] = ["action", "document", "client"]
const subsets = claimants.reduce<Claimant[][]>(
  (all, name) => [...all, ...all.map((names) => [...names, name])],
  [[]],
)
/** Who holds the delivery, who asks for it, and over whom. */
const cases = [undefined, ...claimants].flatMap((held) =>
  claimants.flatMap((by) => subsets.map((over) => ({ held, by, over }))),
)
const ids = cases.map((_, index) => `delivery-${index}`)
const firsts = cases.flatMap(({ held }, index): FlashClaim[] =>
  held === undefined ? [] : [{ id: ids[index]!, by: held, over: [] }],
)
const seconds = cases.map(({ by, over }, index): FlashClaim => ({ id: ids[index]!, by, over }))

/** Seconds around all that the rule counts with: 10 and 60. */
const ages = [0, 1, 9, 10, 11, 59, 60, 61]
/** Seconds that the deliveries have left when they are first claimed. */
const left = [5, 11, 300]

/** How old the first claim is when the second comes, and how long the deliveries live; both in seconds. */
export const claimAges = ages.flatMap((age) => left.map((lives) => [age, lives] as const))

/**
 * The delivery rule says who wins a claim and when a delivery is over (core/delivery), and a store that decides both
 * on its server says it once more. The memory store calls the rule itself, so the two have to agree about all 96
 * cases of who holds, who asks, and over whom.
 */
export async function comparesClaims(
  create: (options: { now: () => number }) => SessionStore,
  [age, lives]: readonly [age: number, lives: number],
): Promise<void> {
  const clock = createClock(Math.floor(Date.now() / 1000) * 1000)
  const { now } = clock
  const stores = [memoryStore({ now, entries: new Map() }), create({ now })].map(openStore)
  const createdAt = now() / 1000
  const delivery = { to: "/", messages: [], forms: [], expiresAt: createdAt + lives }
  const flash: JsonObject = Object.fromEntries(ids.map((id) => [id, delivery]))
  const id = randomSessionId()
  const asked: unknown[][] = [[], []]
  const all = (claims: readonly FlashClaim[]) =>
    Promise.all(stores.map(async (store, index) => asked[index]!.push(await take(store, id, claims))))

  await Promise.all(
    stores.map((store) => store.save(id, {}, flash, { createdAt, expiresAt: createdAt + 3600 })),
  )
  await all(firsts)
  clock.advance(age)
  await all(seconds)
  // What is over by now is forgotten by whoever reads next.
  for (const later of [0, 9, 1, 50, 1]) {
    clock.advance(later)
    await all([])
  }
  expect(asked[1]).toEqual(asked[0])
}

async function take(store: OpenStore, id: string, claims: readonly FlashClaim[]) {
  const session = await store.take(id, claims, () => {})
  return {
    given: Object.keys(session?.flash ?? {}).toSorted(),
    claimed: (session?.claimed ?? []).map((claim) => claim.id).toSorted(),
    expired: Object.keys(session?.expired ?? {}).toSorted(),
  }
}
