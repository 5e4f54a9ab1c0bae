"use server"

import { redirect } from "next/navigation"
import { back, sessionAction, validate } from "@/app/session"
import { SessionError } from "next-session-kit"
import { addNote, NewNote } from "./note"

export async function saveNote(form: FormData) {
  try {
    return await save(form)
  } catch (error) {
    if (!(error instanceof SessionError && error.code === "SESSION_TOO_LARGE")) throw error
    // This demo keeps its notes in a cookie, and a cookie holds 4 KB.
    return sendBackFull(form)
  }
}

const save = sessionAction(async (session, form: FormData) => {
  addNote(session, await validate(session, NewNote, form))
  session.flash("success", "Note saved")
  redirect("/notes")
})

const sendBackFull = sessionAction(async (session, form: FormData) =>
  back(session, { errors: { title: "There is no room for another note. Delete one first." }, input: form }),
)

export const deleteNote = sessionAction(async (session, form: FormData) => {
  const notes = session.get("notes") ?? []
  const note = notes.find(({ id }) => id === form.get("id"))
  if (note) {
    session.put("binned", note)
    session.put(
      "notes",
      notes.filter((other) => other !== note),
    )
    session.flash("success", {
      text: "Note deleted",
      description: note.title,
      action: { label: "Undo", post: "/api/notes/restore" },
    })
  }
  redirect("/notes")
})
