import type { NextRequest } from "next/server"
import { checkOptions } from "../core/check-options"
import { localPathAndQuery } from "../core/path"
import type { ReadonlySession } from "../core/session"
import type { OpenStore } from "../core/store"
import { createMiddleware } from "../next/middleware"
import type { ActionAnswer, RouteAnswer } from "./answer"
import { callAction } from "./call-action"
import { createJar } from "./jar"
import { configOfKit, type SessionKit } from "./kit"
import { misused } from "./misused"
import { loadNextInternals } from "./next-internals"
import { openPage } from "./open-page"
import { originOf } from "./origin-of"
import { requestRoute } from "./request-route"
import { seed } from "./seed"
import { isHttpsOf, lookUp, type Tab } from "./tab"
import type { AppMiddleware } from "./through-middleware"

export interface VisitorOptions<Data extends object, Flash extends object> {
  /** What the session holds, per key. Default: the visitor has no session. */
  data?: Partial<Data>
  /** Messages, by key, that the next page which is opened shows. */
  flash?: Partial<Flash>
  /** Path and query of the page the visitor is on: where its forms are, and where `back` leads. Default `/`. */
  at?: string
  /** Scheme and host of the app. On https the cookie is called `__Host-…`. Default `http://localhost:3000`. */
  baseURL?: string
  /** Whether actions are called by Next's router, as opposed to forms sent by the browser alone. Default true. */
  javaScript?: boolean
  /**
   * The default export of `middleware.ts` or `proxy.ts`, which every request then goes through, whatever its
   * `matcher` says. Default: the session's own.
   */
  middleware?: AppMiddleware
}

/** One person's browser. */
export interface Visitor<Data extends object, Flash extends object> {
  /**
   * Runs a server action as Next does for a form of the page the visitor is on, and keeps the cookies it
   * sets. For `useActionState`, pass the previous state first; for `action.bind(null, id)`, the id.
   *
   * @returns what it came to; an error it throws is thrown on, when its cookies are set
   */
  call<Args extends unknown[], Result>(
    action: (...args: Args) => Result,
    ...args: Args
  ): Promise<ActionAnswer<Awaited<Result>, Data, Flash>>
  /**
   * Sends a request to a route handler, and keeps the cookies it sets.
   *
   * @param request a path for a GET, or a `Request`; the visitor adds the cookies and what a browser says of
   *   itself: a GET and a form are a person who navigates, all else is code on a page. Headers of its own win.
   * @param context Next's second argument: `{ params: Promise.resolve({ id }) }`
   */
  request<Context = unknown>(
    handler: (request: NextRequest, context: Context) => Response | Promise<Response>,
    request: Request | string,
    ...context: unknown extends Context ? [context?: Context] : [context: Context]
  ): Promise<RouteAnswer<Data, Flash>>
  /**
   * Opens a page as a person does, a document, wherever middleware then leads.
   *
   * @returns what `getSession()` gives there: messages, errors and old input that arrived, each once
   */
  open(path: string): Promise<ReadonlySession<Data, Flash>>
  /** Path and query of the page that was opened last. A redirect is not followed by itself: open where it leads. */
  readonly at: string
}

/**
 * A visitor of the application under test, for unit tests of its actions and route handlers: they run as in
 * production, from the request's cookies to the commit, without a server and without a mock of Next. It works
 * with any store, in Node's environment of a test runner.
 *
 * @param kit the module that exports what `setup()` returned
 * @throws SessionError `SESSION_TEST_MISUSED`, `SESSION_OPTIONS_INVALID`; its methods, `SESSION_NEXT_UNSUPPORTED`, and what the kit throws
 */
export function createVisitor<Data extends object, Flash extends object>(
  kit: SessionKit<Data, Flash>,
  options: VisitorOptions<NoInfer<Data>, NoInfer<Flash>> = {},
): Visitor<Data, Flash> {
  const config = configOfKit(kit, "createVisitor")
  checkOptions("createVisitor", options, {
    data: "any",
    flash: "any",
    at: "text",
    baseURL: "text",
    javaScript: "any",
    middleware: "function",
  })
  const { data, flash, javaScript = true } = options
  const origin = originOf(options.baseURL, "createVisitor(kit, { baseURL })")
  const { at = "/" } = options
  if (localPathAndQuery(at) === undefined) {
    throw misused(`createVisitor(kit, { at }) is a path of the application, such as "/notes?page=2".`)
  }
  let opened: Promise<Tab> | undefined
  let current: Tab | undefined

  /** At the first request, for a visitor is made at once and a store answers later. */
  async function open(): Promise<Tab> {
    secretForTests(config.store)
    const next = await loadNextInternals()
    const middleware = options.middleware ?? createMiddleware(config)
    const jar = createJar(config.now)
    const tab: Tab = { config, next, middleware, javaScript, origin, jar, at, known: new Set() }
    jar.take((await seed(config, { data, flash }, isHttpsOf(tab))).setCookies)
    await lookUp(tab)
    return (current = tab)
  }
  const tab = () => (opened ??= open())

  const visitor: Visitor<object, object> = {
    call: async (action, ...args) => callAction(await tab(), action, args) as never,
    request: async (handler, request, ...[context]) => requestRoute(await tab(), handler, request, context),
    open: async (path) => openPage(await tab(), path) as never,
    get at() {
      return current?.at ?? at
    },
  }
  return visitor as unknown as Visitor<Data, Flash>
}

/** Nothing outlives the process that seals it, so where a test runner says that it is one, any secret will do. */
function secretForTests({ identity }: OpenStore): void {
  if (process.env.NODE_ENV !== "test" || identity !== "cookie of the environment") return
  process.env["SESSION_SECRET"] ||= crypto.randomUUID() + crypto.randomUUID()
}
