import { AsyncLocalStorage } from "node:async_hooks"
import { SessionError } from "../core/errors"

/**
 * What `cookies()`, `headers()`, `refresh()`, `connection()`, `after()` and `redirect()` of Next ask for the
 * request they run in: the storages of its server, and the maker of what they hold. Not part of Next's API;
 * docs/next-internals.md says what breaks when they change.
 */
export interface NextInternals {
  readonly work: AsyncLocalStorage<unknown>
  readonly workUnit: AsyncLocalStorage<unknown>
  readonly action: AsyncLocalStorage<unknown>
  readonly afterTask: AsyncLocalStorage<unknown>
  readonly createRequestStore: CreateRequestStore
}

/** The store of a request that may set cookies, with the `phase` that says whether it still may. */
type CreateRequestStore = (
  request: { readonly headers: Headers },
  url: URL,
  implicitTags: undefined,
  onUpdateCookies: (setCookies: string[]) => void,
  previewProps: undefined,
) => { phase: "action" | "render" | "after" }

/** Where each part is, by the name under which it is exported there. */
export const sources: Readonly<Record<string, () => Promise<object>>> = {
  workAsyncStorage: () => import("next/dist/server/app-render/work-async-storage.external.js"),
  workUnitAsyncStorage: () => import("next/dist/server/app-render/work-unit-async-storage.external.js"),
  actionAsyncStorage: () => import("next/dist/server/app-render/action-async-storage.external.js"),
  afterTaskAsyncStorage: () => import("next/dist/server/app-render/after-task-async-storage.external.js"),
  createRequestStoreForAPI: () => import("next/dist/server/async-storage/request-store.js"),
}

/** @throws SessionError `SESSION_NEXT_UNSUPPORTED` when the installed Next lacks one */
export async function loadNextInternals(from = sources): Promise<NextInternals> {
  const load = async (name: string) => member(await moduleWith(name, from[name]), name)
  const storageOf = async (name: string) => workingStorage(await load(name), name)
  return {
    work: await storageOf("workAsyncStorage"),
    workUnit: await storageOf("workUnitAsyncStorage"),
    action: await storageOf("actionAsyncStorage"),
    afterTask: await storageOf("afterTaskAsyncStorage"),
    createRequestStore: (await load("createRequestStoreForAPI")) as CreateRequestStore,
  }
}

async function moduleWith(name: string, load: (() => Promise<object>) | undefined): Promise<object> {
  try {
    return (await load?.()) ?? {}
  } catch (error) {
    throw unsupported(name, error)
  }
}

/** A CommonJS module's exports, as those who import it see them: by name or all in `default`. */
function member(module: object, name: string): unknown {
  const { default: all } = module as { default?: object }
  const found = (module as Record<string, unknown>)[name] ?? (all as Record<string, unknown>)?.[name]
  if (found === undefined) throw unsupported(name)
  return found
}

/**
 * Next's server puts `AsyncLocalStorage` on `globalThis` before anything else is loaded. Where no server runs,
 * a module loaded without it has made an object instead that has the methods and refuses to work; everything
 * in the process holds that same object, so it is lent the methods of a real one.
 */
function workingStorage(part: unknown, name: string): AsyncLocalStorage<unknown> {
  const found = part as AsyncLocalStorage<unknown>
  if (typeof found.run !== "function" || typeof found.getStore !== "function") throw unsupported(name)
  if (found instanceof AsyncLocalStorage || lent.has(found)) return found
  const real = new AsyncLocalStorage<unknown>()
  for (const method of ["run", "getStore", "exit", "enterWith", "disable"] as const) {
    Object.defineProperty(found, method, { configurable: true, value: real[method].bind(real) })
  }
  lent.add(found)
  return found
}

const lent = new WeakSet<object>()

function unsupported(what: string, cause?: unknown): SessionError {
  return new SessionError(
    "SESSION_NEXT_UNSUPPORTED",
    `createVisitor() runs actions outside a server with parts of Next that Next does not document, and the ` +
      `installed version has no ${what}. The application itself is not concerned. Use a version of ` +
      `next-session-kit that was tested with this Next, or test in a browser (docs/testing.md).`,
    { cause },
  )
}
