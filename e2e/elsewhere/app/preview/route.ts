import { draftMode } from "next/headers"
import { redirect } from "next/navigation"
import { sessionRoute } from "@/app/session"

/** An editor's link: shows what is not published yet. */
export const GET = sessionRoute(async (session, request) => {
  const draft = await draftMode()
  draft.enable()
  session.flash("info", request.nextUrl.searchParams.get("message") ?? "")
  redirect("/account")
})
