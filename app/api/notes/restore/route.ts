import { back, sessionRoute } from "@/app/session"

/** The Undo of "Note deleted": a form, so that it works without JavaScript. */
export const POST = sessionRoute(async (session, request) => {
  const note = session.pull("binned")
  if (note) {
    session.put("notes", [...(session.get("notes") ?? []), note])
    session.flash("success", "The note is back")
  }
  return back(session, { form: await request.formData(), fallback: "/notes" })
})
