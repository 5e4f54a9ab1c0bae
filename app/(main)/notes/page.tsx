import type { Metadata } from "next"
import Link from "next/link"
import { getSession } from "@/app/session"
import { field, FieldError, FormError, SubmitButton } from "next-session-kit/react"
import { saveNote } from "./actions"
import { DeleteNote } from "./delete-note"
import type { NewNote } from "./note"

export const metadata: Metadata = { title: "Notes" }

export default async function NotesPage() {
  const session = await getSession()
  const form = session.form<typeof NewNote>()
  const notes = session.get("notes") ?? []
  return (
    <>
      <h1>Notes</h1>
      <form action={saveNote} noValidate className="stack">
        <FormError form={form} />
        <label>
          Title
          <input {...field(form, "title")} />
        </label>
        <FieldError form={form} name="title" />
        <label>
          Text
          <textarea {...field(form, "text")} rows={3} />
        </label>
        <FieldError form={form} name="text" />
        <SubmitButton>Save note</SubmitButton>
      </form>
      <ul className="rows" aria-label="Your notes">
        {notes.map((note) => (
          <li key={note.id}>
            <Link id={`note-${note.id}`} href={`/notes/${note.id}`}>
              {note.title}
            </Link>
            <DeleteNote id={note.id} describedBy={`note-${note.id}`} />
          </li>
        ))}
      </ul>
    </>
  )
}
