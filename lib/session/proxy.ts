import type { NextRequest } from "next/server"
import type { Json, JsonObject } from "./core/json"
import type { JsonShape } from "./core/json-shape"
import type { Session } from "./core/session"
import { resolveConfig } from "./next/config"
import type { SetupOptions } from "./next/setup-options"
import { createMiddleware, runInMiddleware } from "./next/middleware"

/**
 * What middleware needs of `setup` and nothing more, without React and forms: for a bundle that should stay
 * small. Most apps export the `sessionMiddleware` that `setup` returns.
 *
 * @param options the same that `setup` is given: two that disagree on one cookie are refused in production
 * @typeParam Data what the session holds, per key
 * @typeParam Flash the messages it carries, per key
 * @throws SessionError `SESSION_OPTIONS_INVALID`
 */
export function setupProxy<
  Data extends object & JsonShape<Data> = Record<string, Json>,
  Flash extends object & JsonShape<Flash> = Record<string, Json>,
>(options: SetupOptions = {}) {
  const config = resolveConfig(options)

  /**
   * Runs `callback` with the session of a request that passes through `sessionMiddleware`.
   *
   * @returns what the callback returned
   * @throws SessionError `SESSION_MIDDLEWARE_NOT_COMPOSED` for a request that did not
   */
  function withSession<Result>(
    request: NextRequest,
    callback: (session: Session<Data, Flash>) => Result | Promise<Result>,
  ): Promise<Result> {
    return runInMiddleware(config, request, (session: Session<JsonObject, JsonObject>) =>
      callback(session as unknown as Session<Data, Flash>),
    )
  }

  return { sessionMiddleware: createMiddleware(config), withSession }
}

export type { Middleware, SessionMiddleware } from "./next/middleware"
export type { SetupOptions } from "./next/setup-options"
