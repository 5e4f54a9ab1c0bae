import { NextResponse } from "next/server"
import { sessionRoute } from "@/app/session"

/** Answers by a redirect of its own making, with cookies of its own. */
export const POST = sessionRoute(async (session, request) => {
  session.flash("success", String((await request.formData()).get("message")))
  const response = NextResponse.redirect(new URL("/account", request.url), 303)
  response.cookies.set("basket", "1")
  response.cookies.set("basket-seen", "yes")
  return response
})
