import type { StandardSchemaV1 } from "@standard-schema/spec"
import type { NextFetchEvent, NextRequest } from "next/server"
import type { Json, JsonObject } from "../core/json.ts"
import type { ReadonlySession, Session } from "../core/session.ts"
import { sendBack, type BackOptions } from "../forms/back.ts"
import type { FeedbackOptions } from "../forms/feedback.ts"
import { validateInput, type ValidateOptions } from "../forms/validate.ts"
import { createBackField } from "../react/back-field.tsx"
import { createFlashMessages } from "../react/flash-messages.tsx"
import { resolveConfig, type SetupOptions } from "./config.ts"
import { runInMiddleware, runMiddleware, type Middleware } from "./middleware.ts"
import { requestSession } from "./request.ts"
import { runWithSession } from "./with-session.ts"

type AnySession = Session<JsonObject, JsonObject>

/**
 * Binds the kit to an application's shapes and options. Call it once, at module load, and export
 * what it returns. Source: glimr/session `setup`.
 *
 * @typeParam Data what the session holds, per key
 * @typeParam Flash the messages it carries, per key
 * @throws SessionError `SESSION_OPTIONS_INVALID`
 */
export function setup<
  Data extends object = Record<string, Json>,
  Flash extends object = Record<string, Json>,
>(options: SetupOptions = {}) {
  type AppSession = Session<Data, Flash>
  const config = resolveConfig(options)

  /** The session of the current request, to read. For server components; works wherever one runs. */
  function getSession(): Promise<ReadonlySession<Data, Flash>> {
    return requestSession(config).then(({ actor }) => actor.reader as unknown as ReadonlySession<Data, Flash>)
  }

  /**
   * Runs `callback` with the session of the current request and commits once, when the outermost
   * callback of the request has ended, also when it ended by `redirect()` or an error.
   * For server actions and route handlers; await it.
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
      ? runWithSession(config, callback)
      : runInMiddleware(config, first as NextRequest, callback)
  }

  /** Your root middleware, or, given a middleware of yours, the two as one. */
  function sessionMiddleware(request: NextRequest, event: NextFetchEvent): Promise<Response>
  function sessionMiddleware(
    middleware: Middleware,
  ): (request: NextRequest, event: NextFetchEvent) => Promise<Response>
  function sessionMiddleware(first: NextRequest | Middleware, event?: NextFetchEvent) {
    if (typeof first !== "function") return runMiddleware(config, first, event as NextFetchEvent, undefined)
    return (request: NextRequest, fetchEvent: NextFetchEvent) =>
      runMiddleware(config, request, fetchEvent, first)
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

  return {
    getSession,
    withSession,
    sessionMiddleware,
    validate,
    back,
    FlashMessages: createFlashMessages(config),
    BackField: createBackField(config),
  }
}
