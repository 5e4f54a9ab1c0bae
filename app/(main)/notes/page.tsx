import type { Metadata } from "next"
import Link from "next/link"
import { Field } from "@/app/field"
import { getSession } from "@/app/session"
import { saveNote } from "./actions"
import { DeleteNote } from "./delete-note"

export const metadata: Metadata = { title: "Notes" }

export default async function NotesPage() {
  const session = await getSession()
  const notes = session.get("notes") ?? []
  return (
    <>
      <h1>Notes</h1>
      <form action={saveNote} noValidate className="stack">
        <Field label="Title" error={session.error("title")}>
          <input name="title" defaultValue={session.old("title")} />
        </Field>
        <Field label="Text" error={session.error("text")}>
          <textarea name="text" rows={3} defaultValue={session.old("text")} />
        </Field>
        <button>Save note</button>
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
