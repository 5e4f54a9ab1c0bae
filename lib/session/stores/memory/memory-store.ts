import { applyChanges, refuseSecondPull, type Content } from "../../core/changes"
import type { KeptClaim } from "../../core/claim"
import { takeFlash } from "../../core/take-flash"
import { SessionError } from "../../core/errors"
import { checkOptions } from "../../core/check-options"
import { createMovedIds, noMovedIds, processMovedIds } from "../../core/moved-ids"
import { isSessionId } from "../../core/random-id"
import {
  storeOf,
  type SaveMeta,
  type SessionStore,
  type StoreCallbacks,
  type UnreadableReason,
} from "../../core/store"
import { RUN_ON_NODE } from "../needs-node"

export interface MemoryStoreOptions {
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number
  /** Where entries live. Default: one map for the whole process. */
  entries?: Map<string, MemoryEntry>
}

export interface MemoryEntry extends SaveMeta {
  /** JSON text, so that an entry shares nothing with what was saved or loaded. */
  readonly json: string
  /** Who claimed which delivery. */
  readonly claims: ReadonlyMap<string, KeptClaim>
}

/**
 * Keeps sessions in this process: for development and tests. They are gone when the process ends, and a
 * second process does not see them.
 *
 * @throws SessionError `SESSION_STORE_NOT_SHARED` on the Edge runtime, and so in `middleware.ts`;
 *   `SESSION_OPTIONS_INVALID`
 */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  if (process.env.NEXT_RUNTIME === "edge") throw notShared()
  checkOptions("memoryStore", options, { now: "function", entries: "map" })
  const now = options.now ?? Date.now
  const entries = options.entries ?? processEntries()
  const moved = options.entries === undefined ? processMovedIds() : createMovedIds()
  const seconds = () => Math.floor(now() / 1000)
  const isLive = (entry: MemoryEntry) => entry.expiresAt * 1000 > now()
  const find = (id: string, report: (reason: UnreadableReason) => void): MemoryEntry | undefined => {
    const entry = isSessionId(id) ? entries.get(id) : undefined
    if (entry === undefined) return void report(isSessionId(id) ? "unknown" : "malformed")
    return isLive(entry) ? entry : void report("expired")
  }
  const write = (id: string, content: Content, meta: SaveMeta, claims: MemoryEntry["claims"]) =>
    void entries.set(id, { ...meta, json: jsonOf(content), claims })
  const end = (id: string) => {
    for (const dead of moved.end(id, seconds())) entries.delete(dead)
  }
  const take: Required<StoreCallbacks>["take"] = (id, wanted, report) => {
    const entry = find(id, report)
    if (entry === undefined) return undefined
    const { data, flash } = contentOf(entry)
    const { claims, kept, ...taken } = takeFlash(flash, entry.claims, wanted, seconds())
    const isAsBefore = Object.keys(kept).length === Object.keys(flash).length
    entries.set(id, { ...entry, claims, json: isAsBefore ? entry.json : jsonOf({ data, flash: kept }) })
    return { id, createdAt: entry.createdAt, data, ...taken }
  }

  const callbacks: StoreCallbacks = {
    load: (id, report) => take(id, [], report),
    save: (id, data, flash, meta) => write(id, { data, flash }, meta, new Map()),
    destroy: end,
    gc() {
      for (const [id, entry] of entries) if (!isLive(entry)) entries.delete(id)
    },
    cookieValue: (id) => id,

    take,
    commit({ from, id, wipe, data, flash, changes, meta }) {
      const entry = from === undefined ? undefined : entries.get(from)
      const live = entry !== undefined && isLive(entry) ? entry : undefined
      if (from === undefined || wipe) {
        const { pulled = {} } = changes
        if (live !== undefined) refuseSecondPull(contentOf(live).data, pulled)
        if (from !== undefined) end(from)
        if (from !== undefined && live === undefined && Object.keys(pulled).length > 0) return undefined
        write(id, { data, flash }, meta, new Map())
        return { sums: {} }
      }
      if (live === undefined) return undefined
      const { sums, ...content } = applyChanges(contentOf(live), changes)
      entries.delete(from)
      if (from !== id) moved.move(from, id, seconds())
      const claims = [...live.claims].filter(([delivery]) => !changes.dropFlash.includes(delivery))
      write(id, content, meta, new Map(claims))
      return { sums }
    },
  }
  return storeOf(callbacks, noMovedIds, `memory ${options.entries === undefined ? "shared" : "own"}`)
}

function jsonOf({ data, flash }: Content): string {
  return JSON.stringify({ data, flash })
}

function contentOf({ json }: MemoryEntry): Content {
  return JSON.parse(json) as Content
}

function notShared(): SessionError {
  return new SessionError(
    "SESSION_STORE_NOT_SHARED",
    `memoryStore() was asked for on the Edge runtime, whose memory the pages do not share: nobody would ` +
      `be known there, and messages would be lost. ${RUN_ON_NODE}. What works there: cookieStore().`,
  )
}

const ENTRIES = Symbol.for("next-session-kit.memory-store")

/** Next instantiates modules once per bundle; the map has to be the same one in all of them. */
function processEntries(): Map<string, MemoryEntry> {
  const shared = globalThis as { [ENTRIES]?: Map<string, MemoryEntry> }
  return (shared[ENTRIES] ??= new Map())
}
