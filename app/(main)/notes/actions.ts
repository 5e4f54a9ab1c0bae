"use server"

import { redirect } from "next/navigation"
import { validate, withSession } from "@/app/session"
import { addNote, NewNote } from "./note"

export async function saveNote(form: FormData) {
  return withSession(async (session) => {
    addNote(session, await validate(session, NewNote, form))
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
