import type { MovedIds } from "./moved-ids.ts"
import type { Committed, SessionCommit, StoreCallbacks } from "./store.ts"

// What the kit does itself for a store that can only replace entries.

const seconds = () => Math.floor(Date.now() / 1000)

/** Ends a session, and within this process what it became: such a store knows no more. */
export async function endWhole(store: StoreCallbacks, moved: MovedIds, id: string): Promise<void> {
  for (const dead of moved.end(id, seconds())) await store.destroy(dead)
}

/** A commit for a store that can only replace entries: the last one to write wins. */
export async function commitWhole(
  store: StoreCallbacks,
  moved: MovedIds,
  { from, id, wipe, data, flash, meta }: SessionCommit,
): Promise<Committed | undefined> {
  if (from === undefined || from === id || wipe) {
    if (from !== undefined && from !== id) await endWhole(store, moved, from)
    await store.save(id, data, flash, meta)
    return { sums: {} }
  }
  // Before the old entry goes: kept data must not be lost when the store fails between the two.
  await store.save(id, data, flash, meta)
  // Signed out meanwhile, or before.
  const isOver = moved.hasEnded(from, seconds())
  if (!isOver) moved.move(from, id, seconds())
  await store.destroy(isOver ? id : from)
  return isOver ? undefined : { sums: {} }
}
