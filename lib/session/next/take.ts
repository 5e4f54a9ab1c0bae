import type { FlashContent } from "../core/flash.ts"
import type { Config } from "./config.ts"
import { removed, tokenCookie } from "./cookies.ts"
import { NextResponse } from "next/server"
import { splitIds, TAKE_HEADER } from "./headers.ts"
import { openSession, type RequestCookies } from "./open.ts"
import { arrivedDeliveries, type ArrivedDelivery } from "../react/arrived.ts"

/**
 * Answers our client code, which found a token waiting for the page it is on: after a soft
 * navigation, or on a prerendered page. A delivery is given once: only against its token, which the
 * same response removes.
 */
export async function takeFlash(
  config: Config,
  headers: Headers,
  cookies: RequestCookies,
): Promise<Response> {
  const wanted = splitIds(headers.get(TAKE_HEADER))
  const tokens = cookies.tokens.filter((token) => wanted.includes(token.id))
  const ids = tokens.map((token) => token.id)
  const arrived: ReadonlyMap<string, FlashContent> =
    ids.length === 0 ? new Map() : (await openSession(config, cookies, ids, () => {})).state().arrived

  const body: ArrivedDelivery[] = arrivedDeliveries(arrived)
  const response = NextResponse.json(body, { headers: { "cache-control": "private, no-store" } })
  for (const token of tokens) response.cookies.set(removed(tokenCookie(token, 0, cookies.https)))
  return response
}
