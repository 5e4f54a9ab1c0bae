import { SessionError } from "../core/errors.ts"
import type { SessionEvent } from "../core/events.ts"
import type { OpenStore } from "../core/store.ts"

/** Longer than this a person waits for the session alone, in milliseconds. */
const SLOW_MILLISECONDS = 500

/** A store whose slowness and failures are reported. */
export function observedStore(store: OpenStore, report: (event: SessionEvent) => void): OpenStore {
  const observed =
    <Args extends unknown[], Result>(operation: string, run: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const started = performance.now()
      try {
        return await run(...args)
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
    take: observed("load", store.take),
    commit: observed("save", store.commit),
    destroy: observed("destroy", store.destroy),
    gc: observed("gc", store.gc),
  }
}
