import { SessionError } from "../core/errors"
import type { SessionEvent } from "../core/events"
import { deliveriesFromJson } from "../core/flash"
import type { OpenStore, StoredSession } from "../core/store"

/** Longer than this a person waits for the session alone, in milliseconds. */
const SLOW_MILLISECONDS = 500

/** A store whose slowness and failures are reported, and what it found that nobody came for. */
export function observedStore(store: OpenStore, report: (event: SessionEvent) => void): OpenStore {
  async function observe<Result>(operation: string, run: () => Promise<Result>): Promise<Result> {
    const started = performance.now()
    try {
      return await run()
    } catch (error) {
      if (error instanceof SessionError && error.code === "SESSION_STORE_UNAVAILABLE") {
        report({ type: "store-unavailable", operation })
      }
      throw error
    } finally {
      const milliseconds = Math.round(performance.now() - started)
      if (milliseconds > SLOW_MILLISECONDS) report({ type: "store-slow", operation, milliseconds })
    }
  }
  const reportExpired = (session: StoredSession | undefined) => {
    if (session?.expired === undefined) return session
    for (const { to, messages } of deliveriesFromJson(session.expired).values()) {
      report({ type: "flash-expired", to, keys: messages.map(([key]) => key) })
    }
    return session
  }
  return {
    ...store,
    take: async (...args) => reportExpired(await observe("load", () => store.take(...args))),
    commit: (commit) => observe("save", () => store.commit(commit)),
    destroy: (id) => observe("destroy", () => store.destroy(id)),
    // It runs after the response: whoever can mend it is told by the event, and nobody else is there.
    gc: () => observe("gc", () => store.gc()).catch(() => {}),
  }
}
