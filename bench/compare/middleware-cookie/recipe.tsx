import { headers } from "next/headers"
import { NextResponse, type NextRequest } from "next/server"
import type { Recipe } from "../shared/adaptor"
import { Banner } from "../shared/banner"
import { COOKIE, inOneCookie, messagesInCookie } from "../shared/in-one-cookie"
import { parseMessages } from "../shared/message"

/**
 * The plain flash cookie: an action sets it, middleware hands it on to the page in a request header and deletes it in the
 * same response, the layout shows it.
 *
 * The idea is that of Rails' and Express's flash, and of the answers to vercel/next.js discussions that say that a
 * server component cannot delete a cookie and middleware can. Done as well as it can be: prefetches are left out by the
 * `matcher` that Next's documentation gives for it, only GETs of pages clear it, a redirect or refusal of the app's own
 * middleware does not, and what an action wrote without a redirect shows in place.
 */
const HEADER = "x-flash"

async function FlashMessages() {
  const handedOn = (await headers()).get(HEADER)
  const { written } = await messagesInCookie()
  return (
    <Banner messages={[...parseMessages(handedOn ? decodeURIComponent(handedOn) : undefined), ...written]} />
  )
}

function passMiddleware(request: NextRequest, response: NextResponse): NextResponse {
  const rendersPage =
    response.headers.has("x-middleware-next") || response.headers.has("x-middleware-rewrite")
  if (!rendersPage) return response
  const value = request.method === "GET" ? request.cookies.get(COOKIE)?.value : undefined
  const handedOn = new Headers(request.headers)
  handedOn.delete(HEADER)
  if (value !== undefined) handedOn.set(HEADER, encodeURIComponent(value))
  const passed = NextResponse.next({ request: { headers: handedOn } })
  passed.headers.delete("x-middleware-next")
  for (const [name, header] of passed.headers) response.headers.set(name, header)
  if (value !== undefined) response.cookies.set(COOKIE, "", { path: "/", maxAge: 0 })
  return response
}

export const recipe: Recipe = { ...inOneCookie(true), passMiddleware, FlashMessages }
