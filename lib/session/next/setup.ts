import type { StandardSchemaV1 } from "@standard-schema/spec"
import type { NextRequest } from "next/server"
import type { Json, JsonObject } from "../core/json"
import type { JsonShape } from "../core/json-shape"
import type { ReadonlySession, Session } from "../core/session"
import { sendBack, type BackOptions } from "../forms/back"
import type { FeedbackOptions } from "../forms/feedback"
import { readable } from "../forms/secret-fields"
import { validateInput, type ValidateOptions } from "../forms/validate"
import { createFlashMessages } from "./flash-messages"
import { resolveConfig } from "./config"
import type { SetupOptions } from "./setup-options"
import { linkToConfig } from "./kits"
import { createMiddleware, runInMiddleware } from "./middleware"
import { requestSession } from "./request-session"
import { createAction } from "./session-action"
import { watchResponses } from "./response-sent"
import { createRoute } from "./session-route"
import { runWithSession } from "./with-session"

type AnySession = Session<JsonObject, JsonObject>

/**
 * Binds the kit to an application's shapes and options. Call it once, at module load, and export
 * what it returns. Source: glimr/session `setup`.
 *
 * @typeParam Data what the session holds, per key: JSON, which a Date or a Map is not
 * @typeParam Flash the messages it carries, per key: JSON as well
 * @throws SessionError `SESSION_OPTIONS_INVALID`
 */
export function setup<
  Data extends object & JsonShape<Data> = Record<string, Json>,
  Flash extends object & JsonShape<Flash> = Record<string, Json>,
>(options: SetupOptions = {}) {
  type AppSession = Session<Data, Flash>
  const config = resolveConfig(options)
  readable(config.secretFields)
  watchResponses()

  /** The session of the current request, to read. For server components; works wherever one runs. */
  function getSession(): Promise<ReadonlySession<Data, Flash>> {
    return requestSession(config).then(({ actor }) => actor.reader as unknown as ReadonlySession<Data, Flash>)
  }

  /**
   * Runs `callback` with the session of the current request and commits when the outermost callback has
   * ended, also when it ended by `redirect()` or an error. For server actions and route handlers; await it.
   *
   * @returns what the callback returned, and nothing else: when `redirect()`, `notFound()`, `validate` or
   *   `back` ends the callback, or another site's page sent the request, the caller ends too, by a throw
   *   that Next answers. So a guard written as a helper guards.
   * @throws SessionError `SESSION_ROUTE_MISSING`, `SESSION_COOKIES_NOT_SENT` in a route handler that only
   *   `sessionRoute` can answer for; the errors of a commit (docs/errors.md)
   */
  function withSession<Result>(callback: (session: AppSession) => Result | Promise<Result>): Promise<Result>
  /** The same inside a middleware that `sessionMiddleware` wraps. */
  function withSession<Result>(
    request: NextRequest,
    callback: (session: AppSession) => Result | Promise<Result>,
  ): Promise<Result>
  function withSession<Result>(
    first: NextRequest | ((session: AppSession) => Result | Promise<Result>),
    second?: (session: AppSession) => Result | Promise<Result>,
  ): Promise<Result> {
    const callback = (session: AnySession) =>
      (second ?? (first as NonNullable<typeof second>))(session as unknown as AppSession)
    return second === undefined
      ? (runWithSession(config, callback) as Promise<Result>)
      : runInMiddleware(config, first as NextRequest, callback)
  }

  /**
   * A server action, made of a callback with the session: `export const save = sessionAction(async (session,
   * form: FormData) => { … })`. When `validate` or `back` ends it, the page is rendered again in the same
   * response, with what the person typed, and whatever its client components hold stays as it is.
   *
   * @returns an action that resolves to what the callback returned, or to undefined when it was ended so
   */
  function sessionAction<Args extends readonly unknown[], Result>(
    callback: (session: AppSession, ...args: Args) => Result | Promise<Result>,
  ): (...args: Args) => Promise<Result | undefined> {
    return createAction(config, callback as never, () => undefined) as never
  }

  /**
   * The same for `useActionState`, which passes the previous state first: when `validate` or `back` ends the
   * callback, the state stays what it was.
   */
  function stateAction<State, Args extends readonly unknown[]>(
    callback: (session: AppSession, previous: State, ...args: Args) => State | Promise<State>,
  ): (previous: State, ...args: Args) => Promise<State> {
    return createAction(config, callback as never, ([previous]) => previous) as never
  }

  /**
   * A route handler, made of a callback with the session: `export const POST = sessionRoute(async (session,
   * request) => { … })`. Whatever ends the callback is answered with the session's cookies and kept by no
   * shared cache: `redirect()` by 303, `permanentRedirect()` by 308, `notFound()` by 404, another site's post
   * by 403. Invalid input sends a form back, and is answered to code that posted it by 422 and
   * `{ errors: [{ field, messages }] }`.
   *
   * @typeParam Context Next's second argument, for example `RouteContext<"/notes/[id]">`
   */
  function sessionRoute<Context = unknown>(
    callback: (session: AppSession, request: NextRequest, context: Context) => Response | Promise<Response>,
  ): (request: NextRequest, context: Context) => Promise<Response> {
    return createRoute(config, callback as never)
  }

  /**
   * Checks at server start what the store would otherwise miss at the first request, and in development
   * makes the secret the cookie store needs. Call it in `instrumentation.ts`.
   * @throws SessionError the store's own: `SESSION_SECRET_MISSING`, `SESSION_SECRET_WEAK`,
   *   `SESSION_OPTIONS_INVALID`
   */
  function register(): Promise<void> {
    return config.store.prepare()
  }

  /** `validateInput`, with the app's secret and visible fields. */
  function validate<Schema extends StandardSchemaV1>(
    _session: AppSession,
    schema: Schema,
    input: FormData | object,
    validateOptions: ValidateOptions = {},
  ): Promise<StandardSchemaV1.InferOutput<Schema>> {
    return validateInput(schema, input, withFieldRules(validateOptions), config.report)
  }

  /** `sendBack`, with the app's secret and visible fields. */
  function back(_session: AppSession, backOptions: BackOptions = {}): never {
    sendBack(withFieldRules(backOptions), config.report)
  }

  const withFieldRules = <Options extends FeedbackOptions>(given: Options) => ({
    ...given,
    secretFields: [...config.secretFields, ...(given.secretFields ?? [])],
    visibleFields: [...config.visibleFields, ...(given.visibleFields ?? [])],
  })

  const kit = {
    getSession,
    withSession,
    sessionAction,
    stateAction,
    sessionRoute,
    sessionMiddleware: createMiddleware(config),
    register,
    validate,
    back,
    FlashMessages: createFlashMessages<Flash>(config),
  }
  return linkToConfig(kit, config)
}
