import { NextResponse } from "next/server"
import { sessionMiddleware, withSession } from "@/app/session"

export default sessionMiddleware(async (request) => {
  if (!request.nextUrl.pathname.startsWith("/dashboard")) return
  return withSession(request, (session) => {
    if (session.has("userId")) return
    session.put("intended", request.nextUrl.pathname)
    session.flash("warning", "Please sign in first")
    return NextResponse.redirect(new URL("/sign-in", request.url))
  })
})

export const config = { matcher: ["/((?!_next/|favicon.ico|icon.svg).*)"] }
