import { NextResponse, type NextRequest } from "next/server"
import { staffMiddleware } from "@/app/(admin)/admin/session"
import { sessionMiddleware, withSession } from "@/app/session"

/** Two sessions around the middleware of an app that has its own ways with cookies, paths and guards. */
export default sessionMiddleware(
  staffMiddleware(async (request) => {
    const { pathname, searchParams } = request.nextUrl
    if (pathname === "/members") {
      return withSession(request, (session) => {
        if (session.has("person")) return
        session.flash("warning", searchParams.get("why") ?? "Please sign in first")
        return NextResponse.redirect(new URL("/sign-in", request.url))
      })
    }
    if (pathname === "/counted") await withSession(request, (session) => session.increment("opened"))
    return localized(request) ?? refreshed(request)
  }),
)

/** Pages in another language have a path in that language. */
function localized(request: NextRequest): NextResponse | undefined {
  if (request.nextUrl.pathname !== "/de/hilfe") return undefined
  const url = request.nextUrl.clone()
  url.pathname = "/de/help"
  const headers = new Headers(request.headers)
  headers.set("x-locale", "de")
  return NextResponse.rewrite(url, { request: { headers } })
}

/** Renews what a sign-in service left in the browser, as Supabase's does: the page sees the new cookies. */
function refreshed(request: NextRequest): NextResponse {
  let response = NextResponse.next({ request })
  if (request.cookies.get("auth")?.value !== "stale") return response
  const renewed = { auth: "fresh", "auth-refresh": "next" }
  for (const [name, value] of Object.entries(renewed)) request.cookies.set(name, value)
  response = NextResponse.next({ request })
  for (const [name, value] of Object.entries(renewed)) response.cookies.set(name, value, { httpOnly: true })
  return response
}

export const config = { matcher: ["/((?!_next/|favicon.ico).*)"] }
