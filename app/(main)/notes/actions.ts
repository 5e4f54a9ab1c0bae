"use server"

import { redirect } from "next/navigation"
import { back, validate, withSession } from "@/app/session"
import { SessionError } from "@/lib/session"
import { addNote, NewNote } from "./note"

export async function saveNote(form: FormData) {
  try {
    return await withSession(async (session) => {
      addNote(session, await validate(session, NewNote, form))
      session.flash("success", "Note saved")
      redirect("/notes")
    })
  } catch (error) {
    if (!(error instanceof SessionError && error.code === "SESSION_TOO_LARGE")) throw error
    // This demo keeps its notes in a cookie, and a cookie holds 4 KB.
    const errors = { title: "There is no room for another note. Delete one first." }
    return withSession((session) => back(session, { errors, input: form }))
  }
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
