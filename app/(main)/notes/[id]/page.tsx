import { notFound } from "next/navigation"
import Link from "next/link"
import { getSession } from "@/app/session"
import { DeleteNote } from "../delete-note"

export default async function NotePage({ params }: PageProps<"/notes/[id]">) {
  const { id } = await params
  const session = await getSession()
  const note = session.get("notes")?.find((candidate) => candidate.id === id)
  if (!note) notFound()
  return (
    <article>
      <h1 id="note-title">{note.title}</h1>
      <p className="note-text">{note.text}</p>
      <DeleteNote id={note.id} describedBy="note-title" />
      <p>
        <Link href="/notes">All of them</Link>
      </p>
    </article>
  )
}
