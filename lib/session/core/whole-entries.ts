import type { MovedIds } from "./moved-ids"
import type { Committed, SessionCommit, StoreCallbacks } from "./store-contract"

// What the kit does itself for a store that can only replace entries.

const seconds = () => Math.floor(Date.now() / 1000)

/** Ends a session, and within this process what it became: such a store knows no more. */
export async function endWhole(store: StoreCallbacks, moved: MovedIds, id: string): Promise<void> {
  for (const dead of moved.end(id, seconds())) await store.destroy(dead)
}

/**
 * A commit for a store that can only replace entries: the last one to write wins, unless this process
 * knows that the session is over.
 */
export async function commitWhole(
  store: StoreCallbacks,
  moved: MovedIds,
  { from, id, wipe, data, flash, meta }: SessionCommit,
): Promise<Committed | undefined> {
  if (from === undefined || wipe) {
    if (from !== undefined) await endWhole(store, moved, from)
    await store.save(id, data, flash, meta)
    return { sums: {} }
  }
  if (moved.isOver(from, seconds())) return undefined
  // Before the old entry goes: kept data must not be lost when the store fails between the two.
  await store.save(id, data, flash, meta)
  // Signed out, or given another id, while this was written: it must not bring the session back.
  if (moved.isOver(from, seconds())) {
    await store.destroy(id)
    return undefined
  }
  if (id !== from) {
    moved.move(from, id, seconds())
    await store.destroy(from)
  }
  return { sums: {} }
}
