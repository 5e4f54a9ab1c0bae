import { redirect } from "next/navigation"
import { addNote, NewNote } from "@/app/(main)/notes/note"
import { sessionRoute, validate } from "@/app/session"

/** The notes form for programs and for plain HTML: JSON gets 201 or 422, a form gets a redirect. */
export const POST = sessionRoute(async (session, request) => {
  const isJson = request.headers.get("content-type")?.startsWith("application/json")
  const input = isJson ? await request.json() : await request.formData()
  const note = addNote(session, await validate(session, NewNote, input, { fallback: "/notes" }))
  if (isJson) return Response.json(note, { status: 201 })
  session.flash("success", "Note saved")
  redirect("/notes")
})
