import { AsyncLocalStorage } from "node:async_hooks"
import type { NextInternals } from "./next-internals"

/** A request as Next's own functions see it. */
export interface NextRequestScope {
  /** Runs a server action. */
  runAction<Result>(action: () => Result): Result
  /** Runs a route handler. */
  runRoute<Result>(handler: () => Result): Result
  /** Runs what reads the session while a page renders. */
  runPage<Result>(page: () => Result): Result
  /** Whether the page is rendered by the response of the action: a cookie was set, or something revalidated. */
  readonly rerenders: boolean
  /** `Set-Cookie` values of `cookies()` so far. */
  readonly setCookies: readonly string[]
  /** The response was sent: no cookie can be set any more, and what was passed to `after()` runs. */
  close(): Promise<void>
}

interface WorkStore {
  readonly page: string
  readonly route: string
  /** `revalidatePath` and `revalidateTag` ask whether there is one, and note what to do with it later. */
  readonly incrementalCache: object
  readonly cacheLifeProfiles: object
  readonly afterContext: { after(task: unknown): void }
  pathWasRevalidated?: unknown
}

type Task = () => Promise<unknown>

/** @param kind what the request reaches; Next tells a route handler from a page by its file's name */
export function openScope(
  next: NextInternals,
  request: { readonly headers: Headers; readonly url: string },
  kind: "page" | "route",
): NextRequestScope {
  let setCookies: readonly string[] = []
  const tasks: Task[] = []
  const url = new URL(request.url)
  const work: WorkStore = {
    page: `${url.pathname.replace(/\/$/, "")}/${kind}`,
    route: url.pathname,
    incrementalCache: {},
    cacheLifeProfiles: {},
    afterContext: { after: (task) => void tasks.push(asTask(task, next, unit.phase)) },
  }
  const noteCookies = (all: string[]) => void (setCookies = all)
  const unit = next.createRequestStore(request, url, undefined, noteCookies, undefined)
  const run = <Result>(callback: () => Result): Result =>
    next.work.run(work, () => next.workUnit.run(unit, callback))

  return {
    runAction: (action) => run(() => next.action.run({ isAction: true }, action)),
    runRoute: (handler) => run(() => next.action.run({ isAppRoute: true, isAction: false }, handler)),
    runPage(page) {
      unit.phase = "render"
      return run(page)
    },
    get rerenders() {
      return Boolean(work.pathWasRevalidated)
    },
    get setCookies() {
      return setCookies
    },
    async close() {
      unit.phase = "after"
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        // As in Next, its failure costs nobody their answer.
        await task().catch((error: unknown) => console.error(error))
      }
    },
  }
}

/**
 * `after()` takes a promise, or a function that runs where it was passed.
 *
 * @param rootTaskSpawnPhase by it Next knows whether the function may read the request
 */
function asTask(task: unknown, next: NextInternals, rootTaskSpawnPhase: string): Task {
  if (typeof task !== "function") return async () => task
  const inScope = AsyncLocalStorage.snapshot()
  return async () => inScope(() => next.afterTask.run({ rootTaskSpawnPhase }, task as Task))
}
