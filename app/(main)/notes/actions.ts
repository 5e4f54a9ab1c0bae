"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { validate, withSession } from "@/app/session"

const NewNote = z.object({
  title: z.string().trim().min(1, "Give the note a title").max(80, "Use at most 80 characters"),
  text: z.string().trim().max(500, "Use at most 500 characters"),
})

export async function saveNote(form: FormData) {
  return withSession(async (session) => {
    const note = await validate(session, NewNote, form)
    session.put("notes", [...(session.get("notes") ?? []), { id: crypto.randomUUID().slice(0, 8), ...note }])
    session.flash("success", "Note saved")
    redirect("/notes")
  })
}

export async function deleteNote(form: FormData) {
  return withSession((session) => {
    const notes = session.get("notes") ?? []
    session.put(
      "notes",
      notes.filter((note) => note.id !== form.get("id")),
    )
    session.flash("success", "Note deleted")
    redirect("/notes")
  })
}
