import { isThenable } from "../core/awaitable.ts"
import { SessionError } from "../core/errors.ts"
import type { SessionEvent } from "../core/events.ts"
import type { OpenStore } from "../core/store.ts"

/** Longer than this a person waits for the session alone, in milliseconds. */
const SLOW_MILLISECONDS = 500

/** A store whose slowness and failures are reported. */
export function observedStore(store: OpenStore, report: (event: SessionEvent) => void): OpenStore {
  async function observe<Result>(operation: string, answer: Promise<Result>): Promise<Result> {
    const started = performance.now()
    try {
      return await answer
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
  return {
    ...store,
    take(...args) {
      const answer = store.take(...args)
      return isThenable(answer) ? observe("load", answer) : answer
    },
    commit: (commit) => observe("save", store.commit(commit)),
    destroy: (id) => observe("destroy", store.destroy(id)),
    gc: () => observe("gc", store.gc()),
  }
}
