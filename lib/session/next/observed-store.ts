import { isThenable, type Awaitable } from "../core/awaitable.ts"
import { SessionError } from "../core/errors.ts"
import type { SessionEvent } from "../core/events.ts"
import type { OpenStore } from "../core/store.ts"

/** Longer than this a person waits for the session alone, in milliseconds. */
const SLOW_MILLISECONDS = 500

/** A store whose slowness and failures are reported. */
export function observedStore(store: OpenStore, report: (event: SessionEvent) => void): OpenStore {
  const reportIfSlow = (operation: string, started: number) => {
    const milliseconds = Math.round(performance.now() - started)
    if (milliseconds > SLOW_MILLISECONDS) report({ type: "store-slow", operation, milliseconds })
  }
  async function observe<Result>(
    operation: string,
    run: () => Awaitable<Result>,
    started = performance.now(),
  ): Promise<Result> {
    try {
      return await run()
    } catch (error) {
      if (error instanceof SessionError && error.code === "SESSION_STORE_UNAVAILABLE") {
        report({ type: "store-unavailable", operation })
      }
      throw error
    } finally {
      reportIfSlow(operation, started)
    }
  }
  return {
    ...store,
    take(...args) {
      const started = performance.now()
      const answer = store.take(...args)
      if (isThenable(answer)) return observe("load", () => answer, started)
      reportIfSlow("load", started)
      return answer
    },
    commit: (commit) => observe("save", () => store.commit(commit)),
    destroy: (id) => observe("destroy", () => store.destroy(id)),
    // It runs after the response: whoever can mend it is told by the event, and nobody else is there.
    gc: () => observe("gc", () => store.gc()).catch(() => {}),
  }
}
