/**
 * How long the old id of a session leads its end to the new one, in seconds: longer than a sign-out that
 * was under way while `regenerate` gave the session its new id.
 */
export const MOVED_SECONDS = 60

/**
 * Which sessions were given a new id lately, and which ended. An old id opens nothing and changes
 * nothing; only a sign-out follows it, for the person meant the session and not its name.
 */
export interface MovedIds {
  /** @param now Unix time in seconds, here and below */
  move(from: string, to: string, now: number): void
  /** Notes the end of a session. Returns the ids it had from this one on: each has to go. */
  end(id: string, now: number): string[]
  /** Whether nothing may be written under this id any more: its session ended, or has another one. */
  isOver(id: string, now: number): boolean
}

interface Note {
  /** Undefined for one that ended. */
  readonly to: string | undefined
  readonly until: number
}

export function createMovedIds(): MovedIds {
  const notes = new Map<string, Note>()
  const note = (id: string, to: string | undefined, now: number) => {
    // In the order of their time: what is over stands first.
    for (const [old, { until }] of notes) {
      if (until > now) break
      notes.delete(old)
    }
    notes.delete(id)
    notes.set(id, { to, until: now + MOVED_SECONDS })
  }
  const find = (id: string, now: number) => {
    const found = notes.get(id)
    return found !== undefined && found.until > now ? found : undefined
  }
  return {
    move: (from, to, now) => note(from, to, now),
    end(id, now) {
      const chain: string[] = []
      for (let next: string | undefined = id; next !== undefined;) {
        const to: string | undefined = find(next, now)?.to
        // Where it went stays known: a store that failed is asked to end all of it again.
        note(next, to, now)
        chain.push(next)
        next = to
      }
      return chain
    },
    isOver: (id, now) => find(id, now) !== undefined,
  }
}

/** For sessions that no store keeps: there is nothing to end. */
export const noMovedIds: MovedIds = { move() {}, end: (id) => [id], isOver: () => false }

const SHARED = Symbol.for("next-session-kit.moved-ids")

/** Those of this process: Next instantiates modules once per bundle. */
export function processMovedIds(): MovedIds {
  const shared = globalThis as { [SHARED]?: MovedIds }
  return (shared[SHARED] ??= createMovedIds())
}
