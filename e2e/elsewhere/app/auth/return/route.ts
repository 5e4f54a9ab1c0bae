import { redirect } from "next/navigation"
import { sessionRoute } from "@/app/session"

/** Where the sign-in service sends the person back to, by a link. */
export const GET = sessionRoute((session, request) => {
  const { searchParams } = request.nextUrl
  if (searchParams.get("state") !== session.pull("state")) {
    session.flash("error", "That sign-in was not begun here")
    redirect("/sign-in")
  }
  session.regenerate()
  session.put("person", "ada")
  session.flash("success", searchParams.get("message") ?? "")
  redirect("/account")
})

/** The same by a form (`response_mode=form_post`): with it the browser sends no cookie of ours. */
export const POST = sessionRoute(async (session, request) => {
  const form = await request.formData()
  session.regenerate()
  session.put("person", "grace")
  session.flash("success", String(form.get("message")))
  redirect("/account")
})
