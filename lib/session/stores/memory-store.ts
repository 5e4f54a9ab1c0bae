import type { JsonObject } from "../core/json.ts"
import { isSessionId } from "../core/random-id.ts"
import { createStore, type SaveMeta, type SessionStore } from "../core/store.ts"

export interface MemoryStoreOptions {
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
  /** Where entries live. Default: one map for the whole process. */
  entries?: Map<string, MemoryEntry>
}

export interface MemoryEntry extends SaveMeta {
  /** JSON text, so that an entry shares nothing with what was saved or loaded. */
  readonly json: string
}

/**
 * Keeps sessions in this process: for development and tests. They are gone when the process ends,
 * and a second process, or middleware on the Edge runtime, does not see them.
 */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  const now = options.now ?? Date.now
  const entries = options.entries ?? processEntries()
  const isLive = (entry: MemoryEntry) => entry.expiresAt * 1000 > now()

  return createStore({
    load(id, report) {
      const entry = isSessionId(id) ? entries.get(id) : undefined
      if (entry === undefined) return void report(isSessionId(id) ? "unknown" : "malformed")
      if (!isLive(entry)) return void report("expired")
      const { data, flash } = JSON.parse(entry.json) as { data: JsonObject; flash: JsonObject }
      return { id, data, flash, createdAt: entry.createdAt }
    },
    save(id, data, flash, meta) {
      entries.set(id, { ...meta, json: JSON.stringify({ data, flash }) })
    },
    destroy(id) {
      entries.delete(id)
    },
    gc() {
      for (const [id, entry] of entries) if (!isLive(entry)) entries.delete(id)
    },
    cookieValue: (id) => id,
  })
}

const ENTRIES = Symbol.for("next-session-kit.memory-store")

/** Next instantiates modules once per bundle; the map has to be the same one in all of them. */
function processEntries(): Map<string, MemoryEntry> {
  const shared = globalThis as { [ENTRIES]?: Map<string, MemoryEntry> }
  return (shared[ENTRIES] ??= new Map())
}
