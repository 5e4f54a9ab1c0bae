import { claimOfClient } from "../core/delivery"
import { DELIVERY_ID_LENGTH, TAKE_HEADER } from "../core/wire-names"
import type { Config } from "./config"
import { removed, tokenCookie } from "./cookies"
import { NextResponse, type NextRequest } from "next/server"
import { splitIds } from "./headers"
import { NO_STORE } from "./no-store"
import { openSession, type RequestCookies } from "./open-session"
import { takenDeliveries, type TakenDelivery } from "../core/arrived"

/** Whether our client code asks, and for messages of this session: an application may have two. */
export function isTake({ tokenPrefix }: Config, { method, headers }: NextRequest): boolean {
  const names = splitIds(headers.get(TAKE_HEADER))
  return (
    method === "POST" &&
    names.some(
      (name) => name.startsWith(tokenPrefix) && name.length === tokenPrefix.length + DELIVERY_ID_LENGTH,
    )
  )
}

/**
 * Answers our client code, which found a token waiting for the page it is on: after a soft
 * navigation, or on a prerendered page. A delivery is given once: only against its token, which the
 * same response removes.
 */
export async function answerTake(
  config: Config,
  headers: Headers,
  cookies: RequestCookies,
): Promise<Response> {
  const wanted = splitIds(headers.get(TAKE_HEADER))
  const tokens = cookies.tokens.filter((token) => wanted.includes(token.name))
  const claims = tokens.map(claimOfClient)
  const session = claims.length === 0 ? undefined : await openSession(config, cookies, claims, () => {})
  const body: TakenDelivery[] =
    session === undefined ? [] : takenDeliveries(session.state().flash.arrived, config.tokenPrefix)
  const response = NextResponse.json(body, { headers: { "cache-control": NO_STORE } })
  for (const token of tokens) response.cookies.set(removed(tokenCookie(token, 0, cookies.https)))
  return response
}
