import { getIronSession } from "iron-session"
import nextServer from "next/server.js"
import { ironCookies, ourCookies } from "../people.mjs"
import { SECRET } from "../secrets.mjs"
import { timeOperations } from "../timing.mjs"

const { NextRequest, NextResponse } = nextServer

/** Middleware per request, called directly with requests as Next makes them. */
export async function middlewareOperations(kit, timing) {
  const { sessionMiddleware } = kit.setup({ store: kit.cookieStore({ secret: SECRET }) })
  const [session] = await ourCookies(kit, kit.cookieStore({ secret: SECRET }), 1)
  const [iron] = await ironCookies(1)
  const token = `flash_${"A".repeat(16)}=${encodeURIComponent("/target /form ")}`
  const ironOptions = { password: SECRET, cookieName: "iron" }

  const passing = (cookie, middleware) => async (count) => {
    for (let at = 0; at < count; at += 1) {
      const headers = { accept: "text/html", "sec-fetch-dest": "document", host: "localhost", cookie }
      await middleware(new NextRequest("http://localhost/target", { headers }), {})
    }
  }
  const timed = await timeOperations(
    {
      empty: passing(`session=${session}`, () => NextResponse.next()),
      "ours, nothing waits": passing(`session=${session}`, sessionMiddleware),
      "ours, a visitor without a session": passing("", sessionMiddleware),
      "ours, a flash waits": passing(`session=${session}; ${token}`, sessionMiddleware),
      "iron-session: getIronSession in middleware": passing(`iron=${iron}`, async (request) => {
        const response = NextResponse.next()
        await getIronSession(request, response, ironOptions)
        return response
      }),
    },
    timing,
  )
  const base = "iron-session: getIronSession in middleware"
  const names = ["empty", "ours, nothing waits", "ours, a visitor without a session", "ours, a flash waits"]
  return names.map((name) => timed.row(name, base, { kind: "middleware" }))
}
